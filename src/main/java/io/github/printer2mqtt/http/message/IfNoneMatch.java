package io.github.printer2mqtt.http.message;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entity tags in If-None-Match, compared weakly (RFC 9110, 13.1.2). */
public record IfNoneMatch(List<String> headers) {
    /** Commas and backslashes are ordinary characters in a tag, so the general list parser does not apply. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    /** Whether a strong tag, with its quotes, is listed. */
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
