package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a printer. Separate from {@link Printer}, so that no list or export can contain them by accident.
 *
 * @param apiKey an API key or an access code; null if the printer needs none
 * @param username the user for digest or login; null if the protocol has a fixed one or none
 * @param password the password for {@code username}; null with an API key or none
 */
public record Credentials(
        @Nullable Secret apiKey,
        @Nullable String username,
        @Nullable Secret password) {
    private static final Credentials NONE = new Credentials(null, null, null);

    public static Credentials none() {
        return NONE;
    }

    public static Credentials ofApiKey(String key) {
        return new Credentials(Secret.of(key), null, null);
    }

    public static Credentials ofLogin(String username, String password) {
        return new Credentials(null, username, Secret.of(password));
    }

    public boolean isEmpty() {
        return apiKey == null && username == null && password == null;
    }
}
