package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.text.Secret;
import java.util.Map;

/** What is sent with every question to servers that take a key in {@code X-Api-Key}, as OctoPrint and Moonraker do. */
public final class ApiKeyHeaders {
    private ApiKeyHeaders() {}

    /** Without a key none is sent: a server may trust us by our address. */
    public static Map<String, String> of(Credentials credentials) {
        Secret key = credentials.apiKey();
        return key == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "X-Api-Key", key.reveal());
    }
}
