package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.text.Secret;
import java.util.List;

/** The field {@code credentials}: an API key, or a password with or without a user name. */
final class CredentialFields {
    static final List<String> NAMES = List.of("api_key", "username", "password");
    private static final int MAX_LENGTH = 512;

    private CredentialFields() {}

    /**
     * Merges the given fields into the stored credentials: null removes a field, an absent field stays, and an API key
     * replaces a login and vice versa.
     */
    static Credentials merged(Credentials before, Fields given) {
        given.requireKnownNames(NAMES);
        String apiKey = given.headerSecret("api_key", MAX_LENGTH);
        String username = given.headerSecret("username", MAX_LENGTH);
        String password = given.secret("password", MAX_LENGTH);
        boolean login = username != null || password != null;
        if (apiKey != null && login) {
            throw given.invalid(
                    "api_key", "found an API key together with a user name or password, expected one of the two");
        }
        if (apiKey != null) {
            return Credentials.ofApiKey(apiKey);
        }
        Secret keptApiKey = login || given.has("api_key") ? null : before.apiKey();
        String user = given.has("username") ? username : before.username();
        Secret secret = given.has("password") ? Secret.ofNullable(password) : before.password();
        if (user != null && secret == null) {
            throw given.missing("password", "the password of the user name");
        }
        return new Credentials(keptApiKey, user, secret);
    }
}
