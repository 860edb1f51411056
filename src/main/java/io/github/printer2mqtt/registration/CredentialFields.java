package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.text.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of {@code credentials}: an API key, or a password with or without a user. Pure. */
final class CredentialFields {
    static final List<String> NAMES = List.of("api_key", "username", "password");
    private static final int LONGEST = 512;

    private CredentialFields() {}

    /**
     * What the given fields make of the credentials there were: a field that is null goes, one that is absent stays, and
     * a credential of one kind takes the place of the other kind.
     */
    static Credentials merged(Credentials before, Fields given) {
        given.expectNames(NAMES);
        String key = given.headerSecret("api_key", LONGEST);
        String username = given.headerSecret("username", LONGEST);
        String password = given.secret("password", LONGEST);
        boolean login = username != null || password != null;
        if (key != null && login) {
            throw given.invalid("api_key", "found an API key beside a login, expected one of them");
        }
        if (key != null) {
            return Credentials.ofApiKey(key);
        }
        Secret keptKey = login || given.has("api_key") ? null : before.apiKey();
        String user = given.has("username") ? username : before.username();
        Secret secret = given.has("password") ? secret(password) : before.password();
        if (user != null && secret == null) {
            throw given.missing("password", "the password of the user");
        }
        return new Credentials(keptKey, user, secret);
    }

    private static @Nullable Secret secret(@Nullable String text) {
        return text == null ? null : Secret.of(text);
    }
}
