package io.github.printer2mqtt.http;

import java.util.List;

/** The entity tags that a client knows already, from If-None-Match (RFC 9110, 13.1.2). */
final class EntityTags {
    private final List<String> headers;

    EntityTags(List<String> headers) {
        this.headers = headers;
    }

    /** Whether the client has what the strong tag, with its quotes, stands for. */
    boolean hold(String tag) {
        for (String header : headers) {
            for (String known : header.split(",", -1)) {
                String bare = known.strip();
                if (bare.equals("*") || (bare.startsWith("W/") ? bare.substring(2) : bare).equals(tag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
