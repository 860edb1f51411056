package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.JsonTree.Obj;
import java.util.Map;

/** Takes the values out of the tree of config.json. */
final class FileValues {
    private final Values values;
    private final InvalidConfigException.Collector problems;

    FileValues(Values values, InvalidConfigException.Collector problems) {
        this.values = values;
        this.problems = problems;
    }

    void read(String file, JsonTree tree) {
        if (tree instanceof Obj document) {
            section("", document);
        } else {
            problems.add(file, tree.form(), "an object");
        }
    }

    private void section(String path, Obj section) {
        for (Map.Entry<String, JsonTree> member : section.members().entrySet()) {
            String at = JsonTree.KeyPath.join(path, member.getKey());
            JsonTree value = member.getValue();
            Key<?> key = Keys.at(at);
            if (key != null) {
                take(key, value);
            } else if (!Keys.isSection(at)) {
                problems.add(at, "an unknown key", NearestKey.keysTo(path, at));
            } else if (value instanceof Obj inner) {
                section(at, inner);
            } else {
                problems.add(at, value.form(), "an object");
            }
        }
    }

    private <T> void take(Key<T> key, JsonTree value) {
        try {
            boolean unset = value.isNull() && key.isNullable();
            values.put(key, unset ? null : key.kind().ofJson(value), key.path());
        } catch (InvalidSettingException e) {
            values.markInvalid(key);
            problems.add(key.path() + e.at(), e.foundOr(key.kind().shown(value)), e.expected());
        }
    }
}
