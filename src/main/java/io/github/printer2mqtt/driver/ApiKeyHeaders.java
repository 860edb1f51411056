package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.text.Secret;
import java.util.Map;

/** Request headers for servers that expect an API key in {@code X-Api-Key}. */
public final class ApiKeyHeaders {
    private ApiKeyHeaders() {}

    /** Without a key the header is omitted: the server may trust the address of the bridge. */
    public static Map<String, String> of(Credentials credentials) {
        Secret key = credentials.apiKey();
        return key == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "X-Api-Key", key.reveal());
    }
}
