package io.github.printer2mqtt.http.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request: a path, or an absolute URL as sent to a proxy. The host of an absolute URL replaces the Host header
 * (RFC 9112, section 3.2.2).
 *
 * @param authority host and port of an absolute URL; null for a path
 * @param path as sent, with escapes and without the query
 */
public record RequestTarget(@Nullable String authority, String path) {
    /** Does not match a query directly after the authority, in which the router would look for the path. */
    private static final Pattern FORM = Pattern.compile("(?:(?i:https?)://([^/?#]+)(?=/|$))?((?:/[^?#]*)?)(?:\\?.*)?");

    private static final Pattern INVALID_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");

    /** Null if the target is neither a path nor an http URL, or contains an invalid escape. */
    public static @Nullable RequestTarget parse(String target) {
        Matcher parts = FORM.matcher(target);
        if (!parts.matches() || INVALID_ESCAPE.matcher(target).find()) {
            return null;
        }
        String authority = parts.group(1);
        String path = parts.group(2);
        if (path.isEmpty()) {
            return authority == null ? null : new RequestTarget(authority, "/");
        }
        return new RequestTarget(authority, path);
    }
}
