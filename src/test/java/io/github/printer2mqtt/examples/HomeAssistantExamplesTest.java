package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks the files for Home Assistant: every topic, key, event type and state named in them exists. */
class HomeAssistantExamplesTest {
    private static final Path FOLDER = Path.of("examples", "home-assistant");
    private static final Pattern STATUS_PATH = Pattern.compile("value_json\\.([a-z_.]*[a-z_])");
    private static final Pattern EVENT_PATH = Pattern.compile("payload_json\\.([a-z_.]*[a-z_])");
    private static final Pattern OBJECT = Pattern.compile("(value_json(?:\\.[a-z_]+)*?\\.(?:job|nozzle|bed))\\.");
    private static final Pattern LIST = Pattern.compile("in \\[([^]]*)]");
    private static final Pattern WORD = Pattern.compile("'([a-z_]+)'");
    private static final Pattern ENTITY = Pattern.compile("sensor\\.[a-z0-9_]+");

    @ParameterizedTest
    @ValueSource(strings = {"automations.yaml", "printers.yaml"})
    void onlyReleasedTopicsAndKeysAreUsed(String file) {
        List<Map<?, ?>> listeners = maps(load(file)).stream()
                .filter(map -> topic(map) instanceof String)
                .toList();
        assertThat(listeners).isNotEmpty();
        for (Map<?, ?> listener : listeners) {
            String topic = String.valueOf(topic(listener));
            assertThat(ReleasedNames.isTopic(topic)).as(topic).isTrue();
            List<String> paths = found(STATUS_PATH, String.valueOf(listener.get("value_template")));
            assertThat(paths).as("what is read from %s", topic).isNotEmpty();
            assertKeys(topic, paths);
        }
    }

    @Test
    void automationsUseReleasedEventsAndKeys() {
        Set<String> reactedTo = new TreeSet<>();
        for (Map<?, ?> map : maps(load("automations.yaml"))) {
            String topic = String.valueOf(map.get("topic"));
            if (topic.endsWith("/event")) {
                assertThat(map.get("value_template")).isEqualTo("{{ value_json.event_type }}");
                reactedTo.add(String.valueOf(map.get("payload")));
            }
        }
        assertThat(ReleasedNames.eventTypes()).containsAll(reactedTo);
        assertThat(reactedTo).contains("print_finished", "print_failed", "attention");
        List<String> paths = texts(load("automations.yaml")).stream()
                .flatMap(text -> found(EVENT_PATH, text).stream())
                .toList();
        assertThat(paths).isNotEmpty();
        assertKeys("printer2mqtt/printers/+/event", paths);
    }

    @Test
    void automationsUseReleasedStates() {
        Set<String> states =
                Arrays.stream(PrinterState.values()).map(PrinterState::wireName).collect(Collectors.toSet());
        List<String> named = texts(load("automations.yaml")).stream()
                .flatMap(text -> found(LIST, text).stream())
                .flatMap(list -> found(WORD, list).stream())
                .toList();
        assertThat(named).isNotEmpty();
        assertThat(states).containsAll(named);
    }

    @Test
    void everyListOfEventTypesIsComplete() {
        assertThat(read("automations.yaml")).contains(ReleasedNames.eventTypes());
    }

    @Test
    void sensorsHandleNullAndAreUnavailableWithoutTheBridge() {
        Set<String> ids = new TreeSet<>();
        for (Map<?, ?> sensor : sensors()) {
            String template = String.valueOf(sensor.get("value_template"));
            for (String object : found(OBJECT, template)) {
                assertThat(template).contains("if " + object + " else none");
            }
            List<Map<?, ?>> availability = maps(sensor.get("availability"));
            assertThat(availability.get(0).get("topic")).isEqualTo("printer2mqtt/bridge/state");
            if (availability.size() > 1) {
                assertThat(sensor.get("availability_mode")).isEqualTo("all");
            }
            assertThat(ids.add(String.valueOf(sensor.get("unique_id"))))
                    .as("%s is unique", sensor.get("unique_id"))
                    .isTrue();
        }
        assertThat(ids).isNotEmpty();
    }

    @Test
    void dashboardShowsTheSensorsOfThePackage() {
        Set<String> made = sensors().stream()
                .map(sensor -> "sensor."
                        + String.valueOf(sensor.get("name"))
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9]+", "_"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = new TreeSet<>();
        for (String text : texts(load("dashboard.yaml"))) {
            if (ENTITY.matcher(text).matches()) {
                shown.add(text);
            }
        }
        assertThat(shown).isEqualTo(made);
    }

    private static List<Map<?, ?>> sensors() {
        return maps(load("printers.yaml")).stream()
                .filter(map -> map.containsKey("state_topic"))
                .toList();
    }

    private static void assertKeys(String topic, List<String> paths) {
        JsonObject document = ReleasedNames.document(topic);
        assertThat(paths).allMatch(path -> ReleasedNames.has(document, path), "is a key of " + topic);
    }

    private static @Nullable Object topic(Map<?, ?> map) {
        return map.containsKey("topic") ? map.get("topic") : map.get("state_topic");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** All maps in a tree, including itself. */
    private static List<Map<?, ?>> maps(@Nullable Object tree) {
        List<Map<?, ?>> maps = new ArrayList<>();
        walk(tree, node -> {
            if (node instanceof Map<?, ?> map) {
                maps.add(map);
            }
        });
        return maps;
    }

    /** All strings in a tree except keys. */
    private static List<String> texts(Object tree) {
        List<String> texts = new ArrayList<>();
        walk(tree, node -> {
            if (node instanceof String text) {
                texts.add(text);
            }
        });
        return texts;
    }

    private static void walk(@Nullable Object tree, Consumer<Object> visitor) {
        if (tree == null) {
            return;
        }
        visitor.accept(tree);
        if (tree instanceof Map<?, ?> map) {
            map.values().forEach(value -> walk(value, visitor));
        } else if (tree instanceof List<?> list) {
            list.forEach(value -> walk(value, visitor));
        }
    }

    private static Object load(String file) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(read(file));
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
