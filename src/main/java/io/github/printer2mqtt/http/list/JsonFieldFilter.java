package io.github.printer2mqtt.http.list;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes some keys of a JSON object out of its bytes, without decoding and encoding it again. The object is one that we
 * encoded: without white space, and with plain top-level keys.
 */
public final class JsonFieldFilter {
    private JsonFieldFilter() {}

    /** The object with the given keys only, in its own order. */
    public static byte[] select(byte[] object, Set<String> keys) {
        ByteArrayOutputStream selected = new ByteArrayOutputStream(object.length);
        selected.write('{');
        int at = 1;
        while (object[at] == '"') {
            int colon = endOfText(object, at);
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

    /** Where the text that begins here is over. */
    private static int endOfText(byte[] object, int quote) {
        int at = quote + 1;
        while (object[at] != '"') {
            at += object[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** Where the comma or brace after the value stands. */
    private static int endOfValue(byte[] object, int from) {
        int depth = 0;
        int at = from;
        while (depth > 0 || (object[at] != ',' && object[at] != '}')) {
            byte here = object[at];
            if (here == '"') {
                at = endOfText(object, at);
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
