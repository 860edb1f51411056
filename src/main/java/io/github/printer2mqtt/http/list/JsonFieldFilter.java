package io.github.printer2mqtt.http.list;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Selects keys of an encoded JSON object without decoding it. The object must come from {@link
 * io.github.printer2mqtt.json.Json}: no white space, and no escapes in top-level keys.
 */
public final class JsonFieldFilter {
    private JsonFieldFilter() {}

    /** The object with the given keys only, in their original order. */
    public static byte[] select(byte[] object, Set<String> keys) {
        ByteArrayOutputStream selected = new ByteArrayOutputStream(object.length);
        selected.write('{');
        int at = 1;
        while (object[at] == '"') {
            int colon = endOfString(object, at);
            int end = endOfValue(object, colon + 1);
            if (keys.contains(new String(object, at + 1, colon - at - 2, StandardCharsets.UTF_8))) {
                if (selected.size() > 1) {
                    selected.write(',');
                }
                selected.write(object, at, end - at);
            }
            at = object[end] == ',' ? end + 1 : end;
        }
        selected.write('}');
        return selected.toByteArray();
    }

    /** The index after the string that starts here. */
    private static int endOfString(byte[] object, int quote) {
        int at = quote + 1;
        while (object[at] != '"') {
            at += object[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** The index of the comma or brace after the value. */
    private static int endOfValue(byte[] object, int from) {
        int depth = 0;
        int at = from;
        while (depth > 0 || (object[at] != ',' && object[at] != '}')) {
            byte here = object[at];
            if (here == '"') {
                at = endOfString(object, at);
            } else {
                if (here == '{' || here == '[') {
                    depth++;
                } else if (here == '}' || here == ']') {
                    depth--;
                }
                at++;
            }
        }
        return at;
    }
}
