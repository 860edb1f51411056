package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.text.Secret;
import java.net.http.HttpRequest;

/** The token of the API on the way to it, for our own client: it is put on a request and given to nobody. */
public final class BearerToken {
    private BearerToken() {}

    /** Adds the token to a request to the bridge that it belongs to. */
    public static void putOn(HttpRequest.Builder request, Secret token) {
        request.setHeader("Authorization", "Bearer " + token.reveal());
    }
}
