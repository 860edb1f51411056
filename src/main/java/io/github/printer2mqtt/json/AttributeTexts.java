package io.github.printer2mqtt.json;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A status as single values for tools that do not read JSON, by paths such as {@code job/progress} or
 * {@code temperatures/nozzles/0/actual}. Unknown and empty values are left out, and so is {@code source}, which
 * describes the document and not the printer. Pure.
 */
public final class AttributeTexts {
    private AttributeTexts() {}

    public static Map<String, String> of(StatusDocument document) {
        Map<String, String> texts = new TreeMap<>();
        JsonObject status = new JsonObject(Buffer.buffer(document.bytes()));
        status.remove("source");
        put(texts, "", status);
        return texts;
    }

    private static void put(Map<String, String> texts, String path, @Nullable Object value) {
        String prefix = path.isEmpty() ? "" : path + "/";
        if (value instanceof JsonObject object) {
            object.fieldNames().forEach(name -> put(texts, prefix + name, object.getValue(name)));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                put(texts, prefix + i, array.getValue(i));
            }
        } else if (value != null && !value.toString().isEmpty()) {
            texts.put(path, value.toString());
        }
    }
}
