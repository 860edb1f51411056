package io.github.printer2mqtt.json;

import io.github.printer2mqtt.json.SiteDocuments.UnreadableDocumentException;
import io.github.printer2mqtt.text.TextSanitizer;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a document that another bridge has made, none of which is trusted: a value of another type is unknown. */
record DocumentFields(JsonObject json) {
    private static final int MAX_TIME_LENGTH = 40;
    private static final int LAST_YEAR = 9999;

    /** @throws UnreadableDocumentException if the document is no JSON object */
    static DocumentFields of(byte[] document) {
        try {
            if (ClientJson.read(document) instanceof JsonObject object) {
                return new DocumentFields(object);
            }
        } catch (ClientJson.InvalidJsonException e) {
            throw new UnreadableDocumentException(String.valueOf(e.getMessage()));
        }
        throw new UnreadableDocumentException("found no object");
    }

    /** The members of an inner object; null if it has none. */
    @Nullable DocumentFields object(String key) {
        return json.getValue(key) instanceof JsonObject inner ? new DocumentFields(inner) : null;
    }

    /** The objects of an array. */
    <T> List<T> objects(String key, int max, Function<DocumentFields, T> reader) {
        List<T> values = new ArrayList<>();
        if (json.getValue(key) instanceof JsonArray array) {
            for (int i = 0; i < Math.min(max, array.size()); i++) {
                if (array.getValue(i) instanceof JsonObject inner) {
                    values.add(reader.apply(new DocumentFields(inner)));
                }
            }
        }
        return values;
    }

    /** The texts of an array. */
    List<String> texts(String key, int max, int maxLength) {
        List<String> values = new ArrayList<>();
        if (json.getValue(key) instanceof JsonArray array) {
            for (int i = 0; i < Math.min(max, array.size()); i++) {
                String text = array.getValue(i) instanceof String raw ? TextSanitizer.line(raw, maxLength) : null;
                if (text != null) {
                    values.add(text);
                }
            }
        }
        return List.copyOf(values);
    }

    @Nullable String text(String key, int maxLength) {
        return json.getValue(key) instanceof String text ? TextSanitizer.line(text, maxLength) : null;
    }

    @Nullable Double fraction(String key) {
        return json.getValue(key) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    @Nullable Long whole(String key) {
        Object value = json.getValue(key);
        return value instanceof Integer || value instanceof Long ? Long.valueOf(((Number) value).longValue()) : null;
    }

    @Nullable Integer integer(String key) {
        return json.getValue(key) instanceof Integer number ? number : null;
    }

    @Nullable Boolean flag(String key) {
        return json.getValue(key) instanceof Boolean flag ? flag : null;
    }

    <E extends Enum<E> & WireConstant> @Nullable E constant(String key, Class<E> type) {
        return WireConstant.find(type, json.getValue(key));
    }

    @Nullable Instant time(String key) {
        if (!(json.getValue(key) instanceof String text) || text.length() > MAX_TIME_LENGTH) {
            return null;
        }
        try {
            Instant time = Instant.parse(text);
            int year = time.atZone(ZoneOffset.UTC).getYear();
            return year < 0 || year > LAST_YEAR ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
