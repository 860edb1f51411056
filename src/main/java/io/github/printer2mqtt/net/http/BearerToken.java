package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.text.Secret;
import java.net.http.HttpRequest;

/** Adds the API token to the requests of the command line. */
public final class BearerToken {
    private BearerToken() {}

    public static void putOn(HttpRequest.Builder request, Secret token) {
        request.setHeader("Authorization", "Bearer " + token.reveal());
    }
}
