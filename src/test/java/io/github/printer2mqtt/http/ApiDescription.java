package io.github.printer2mqtt.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** Reads openapi.yaml and validates documents against its schemas, as far as it uses JSON Schema. */
final class ApiDescription {
    private final Map<?, ?> root;

    ApiDescription(String yaml) {
        this.root = map(new Yaml().load(yaml));
    }

    /** Every operation as {@code GET /path}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        map(root.get("paths"))
                .forEach((path, item) -> map(item).keySet().stream()
                        .map(String::valueOf)
                        .filter(key -> !key.equals("parameters"))
                        .forEach(method -> operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        return operations;
    }

    /** The described statuses of an operation. */
    Set<String> statuses(String method, String path) {
        Set<String> statuses = new TreeSet<>();
        map(operation(method, path).get("responses")).keySet().forEach(status -> statuses.add(String.valueOf(status)));
        return statuses;
    }

    /** Whether an operation needs no token. */
    boolean isPublic(String method, String path) {
        return List.of().equals(operation(method, path).get("security"));
    }

    /** The right that an operation needs; null if none. */
    @Nullable Object right(String method, String path) {
        return operation(method, path).get("x-right");
    }

    /** The violations of a response; empty if it conforms. */
    List<String> faults(String method, String path, int status, String contentType, @Nullable Object document) {
        Object described = map(operation(method, path).get("responses")).get(Integer.toString(status));
        if (described == null) {
            return List.of("status " + status + " is not described");
        }
        Object content = resolved(map(described)).get("content");
        if (content == null) {
            return document == null ? List.of() : List.of("a body is not described");
        }
        Object media = map(content).get(contentType);
        if (media == null) {
            return List.of("content type " + contentType + " is not described");
        }
        List<String> faults = new ArrayList<>();
        if (contentType.endsWith("json")) {
            check(map(map(media).get("schema")), document, "$", faults);
        }
        return faults;
    }

    private void check(Map<?, ?> schemaOrReference, @Nullable Object value, String at, List<String> faults) {
        Map<?, ?> schema = resolved(schemaOrReference);
        if (value == null) {
            if (!Boolean.TRUE.equals(schema.get("nullable"))) {
                faults.add(at + " is null");
            }
            return;
        }
        if (schema.get("allOf") instanceof List<?> parts) {
            parts.forEach(part -> check(map(part), value, at, faults));
        }
        if (schema.get("enum") instanceof List<?> words && !words.contains(value)) {
            faults.add(at + " is " + value + ", not one of " + words);
        }
        if (schema.get("type") instanceof String type && !isOf(type, value)) {
            faults.add(at + " is no " + type + " but " + value);
        } else if (value instanceof Map<?, ?> object) {
            checkObject(schema, object, at, faults);
        } else if (value instanceof List<?> array && schema.get("items") != null) {
            for (int i = 0; i < array.size(); i++) {
                check(map(schema.get("items")), array.get(i), at + "[" + i + "]", faults);
            }
        }
    }

    private void checkObject(Map<?, ?> schema, Map<?, ?> object, String at, List<String> faults) {
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(key -> !object.containsKey(key))
                    .forEach(key -> faults.add(at + "." + key + " is missing"));
        }
        Map<?, ?> properties = schema.get("properties") == null ? Map.of() : map(schema.get("properties"));
        object.forEach((key, value) -> {
            Object property = properties.containsKey(key) ? properties.get(key) : schema.get("additionalProperties");
            if (property instanceof Map<?, ?> described) {
                check(described, value, at + "." + key, faults);
            } else {
                faults.add(at + "." + key + " is not described");
            }
        });
    }

    private static boolean isOf(String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            default -> false;
        };
    }

    private Map<?, ?> operation(String method, String path) {
        Object item = map(root.get("paths")).get(path);
        Object operation = item == null ? null : map(item).get(method.toLowerCase(java.util.Locale.ROOT));
        if (operation == null) {
            throw new AssertionError(method + " " + path + " is not described");
        }
        return map(operation);
    }

    private Map<?, ?> resolved(Map<?, ?> schemaOrReference) {
        if (!(schemaOrReference.get("$ref") instanceof String reference)) {
            return schemaOrReference;
        }
        Map<?, ?> at = root;
        for (String step : reference.substring("#/".length()).split("/", -1)) {
            at = map(Objects.requireNonNull(at.get(step), reference));
        }
        return at;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }
}
