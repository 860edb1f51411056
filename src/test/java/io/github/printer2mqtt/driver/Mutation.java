package io.github.printer2mqtt.driver;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** One to three random changes of a JSON document: of values, of members, sometimes of bytes. */
public final class Mutation {
    /** JSON values that no real printer sends there. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0.0",
            "-1",
            "900",
            "1e9",
            "-1e9",
            "1e308",
            "1e999",
            "NaN",
            "-Infinity",
            "9223372036854775807",
            "-9223372036854775808",
            "2147483648",
            "9".repeat(400),
            "0." + "1".repeat(2000),
            "\"\"",
            "\"  \"",
            "\"NaN\"",
            "\"215.0\"",
            "\"a\\nb\\u001b[31m\\u202e\\ud800\\u0000\"",
            "\"" + "x".repeat(5000) + "\"",
            "[]",
            "{}",
            "[[[[1]]]]",
            "{\"state\":{\"state\":\"printing\"}}",
            "\"printing\"",
            "\"Operational\"",
            "\"FINISHED\"",
            "\"complete\"",
            "\"shutdown\"");

    private static final String PLACE = "put-a-value-here-";

    private final Random random;

    private Mutation(Random random) {
        this.random = random;
    }

    public static Buffer of(String json, Random random) {
        return new Mutation(random).changed(json);
    }

    private Buffer changed(String json) {
        JsonObject document = new JsonObject(json);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            List<Consumer<Object>> places = new ArrayList<>();
            collect(document, places);
            if (!places.isEmpty()) {
                places.get(random.nextInt(places.size())).accept(PLACE + random.nextInt(VALUES.size()));
            }
        }
        String text = document.encode();
        for (int i = VALUES.size() - 1; i >= 0; i--) {
            text = text.replace("\"" + PLACE + i + "\"", VALUES.get(i));
        }
        Buffer bytes = Buffer.buffer(text);
        return random.nextInt(8) == 0 ? damaged(bytes) : bytes;
    }

    /** For each value of a document, a function that replaces or removes it. */
    private void collect(Object node, List<Consumer<Object>> places) {
        if (node instanceof JsonObject object) {
            for (String name : object.fieldNames()) {
                places.add(value -> {
                    if (random.nextInt(5) == 0) {
                        object.remove(name);
                    } else {
                        object.put(name, value);
                    }
                });
                collect(object.getValue(name), places);
            }
        } else if (node instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(value -> array.set(index, value));
                collect(array.getValue(i), places);
            }
        }
    }

    private Buffer damaged(Buffer bytes) {
        int at = random.nextInt(bytes.length());
        return switch (random.nextInt(3)) {
            case 0 -> bytes.slice(0, at);
            case 1 -> bytes.copy().setByte(at, (byte) random.nextInt(256));
            default ->
                bytes.slice(0, at).copy().appendBuffer(bytes.slice(random.nextInt(bytes.length()), bytes.length()));
        };
    }
}
