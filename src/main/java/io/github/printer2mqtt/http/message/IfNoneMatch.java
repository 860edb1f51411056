package io.github.printer2mqtt.http.message;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entity tags that a client knows already, from If-None-Match (RFC 9110, 13.1.2), in which tags are compared weakly. */
public final class IfNoneMatch {
    /** A comma or a backslash in a tag is a character like any other. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private final List<String> headers;

    public IfNoneMatch(List<String> headers) {
        this.headers = headers;
    }

    /** Whether the client has what the strong tag, with its quotes, stands for. */
    public boolean matches(String tag) {
        for (String header : headers) {
            if (header.strip().equals("*")) {
                return true;
            }
            Matcher known = TAG.matcher(header);
            while (known.find()) {
                if (known.group(1).equals(tag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
