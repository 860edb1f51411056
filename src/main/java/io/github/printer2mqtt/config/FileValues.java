package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.JsonTree;
import io.github.printer2mqtt.config.type.JsonTree.ObjectNode;
import io.github.printer2mqtt.text.NearestWord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads values from config.json. */
final class FileValues {
    private final Values values;

    FileValues(Values values) {
        this.values = values;
    }

    void read(String file, JsonTree tree) {
        if (tree instanceof ObjectNode document) {
            section("", document);
        } else {
            values.addError(file, tree.typeName(), "an object");
        }
    }

    private void section(String path, ObjectNode section) {
        for (Map.Entry<String, JsonTree> member : section.members().entrySet()) {
            String at = JsonTree.join(path, member.getKey());
            JsonTree value = member.getValue();
            Key<?> key = Keys.at(at);
            if (key != null) {
                values.set(key, key.path(), value);
            } else if (!Keys.isSection(at)) {
                values.addError(at, "an unknown key", suggestion(path, at));
            } else if (value instanceof ObjectNode inner) {
                section(at, inner);
            } else {
                values.addError(at, value.typeName(), "an object");
            }
        }
    }

    /** What the user may have meant: a key nearby, the same key in another section, or a key anywhere. */
    private static String suggestion(String section, String unknown) {
        List<String> siblings = siblings(section);
        List<String> paths = Keys.ALL.stream().map(Key::path).toList();
        String name = lastPart(unknown);
        int maxEdits = Math.max(1, Math.min(3, name.length() / 3));
        return Optional.ofNullable(NearestWord.of(unknown, siblings, maxEdits))
                .or(() -> paths.stream()
                        .filter(path -> lastPart(path).equals(name))
                        .findFirst())
                .or(() -> Optional.ofNullable(NearestWord.of(unknown, paths, maxEdits)))
                .orElseGet(() -> "one of " + String.join(", ", siblings));
    }

    private static List<String> siblings(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return Keys.ALL.stream()
                .map(Key::path)
                .filter(path -> path.startsWith(prefix))
                .map(path -> prefix + path.substring(prefix.length()).split("\\.", 2)[0])
                .distinct()
                .toList();
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
