package io.github.printer2mqtt.examples;

import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The released names that an example may use: topics, keys of their documents, event types. */
final class ReleasedNames {
    private static final PrinterId PRINTER = new PrinterId("any-printer");
    private static final Topics TOPICS = new Topics("printer2mqtt");

    private ReleasedNames() {}

    /** Every event type. */
    static Set<String> eventTypes() {
        return Arrays.stream(PrinterEvent.Type.values())
                .map(PrinterEvent.Type::wireName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** True if a topic or filter below the base topic printer2mqtt exists. */
    static boolean isTopic(String topic) {
        List<String> printers = new ArrayList<>();
        printers.add(TOPICS.printerState(PRINTER).text());
        printers.add(TOPICS.printerAvailability(PRINTER).text());
        printers.add(TOPICS.printerEvent(PRINTER).text());
        for (Verb verb : Verb.values()) {
            printers.add(TOPICS.response(new Topics.CommandTopic(PRINTER.value(), verb.wireName()))
                    .text());
            printers.add(
                    TOPICS.commandFilter().replaceFirst("\\+", PRINTER.value()).replace("+", verb.wireName()));
        }
        Set<String> bridge = Set.of(
                TOPICS.bridgeState().text(),
                TOPICS.bridgeInfo().text(),
                TOPICS.bridgePrinters().text(),
                TOPICS.bridgeHealth().text(),
                TOPICS.bridgeEvent().text());
        return bridge.contains(topic) || printers.stream().anyMatch(known -> matches(topic, known));
    }

    private static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        if (wanted.length != levels.length) {
            return false;
        }
        for (int i = 0; i < levels.length; i++) {
            boolean printer = levels[i].equals(PRINTER.value());
            if (!wanted[i].equals("+") && !wanted[i].equals(levels[i]) && !(printer && isPrinterId(wanted[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrinterId(String level) {
        return level.equals("${PRINTER}") || level.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    }

    /** The released document of a topic, with every key that may be null filled. */
    static JsonObject document(String topic) {
        String last = topic.substring(topic.lastIndexOf('/') + 1);
        boolean printer = topic.contains("/printers/");
        return switch (last) {
            case "state" -> golden(printer ? "status-printing" : "bridge-state-online");
            case "availability" -> golden("availability-offline");
            case "event" -> golden(printer ? "event" : "bridge-event");
            case "info" -> golden("bridge-info");
            case "health" -> golden("bridge-health");
            default -> throw new IllegalArgumentException("no document is known for " + topic);
        };
    }

    /** Whether a document has a path such as {@code job.progress}. */
    static boolean has(JsonObject document, String path) {
        Object at = document;
        for (String key : path.split("\\.", -1)) {
            if (!(at instanceof JsonObject object) || !object.containsKey(key)) {
                return false;
            }
            at = object.getValue(key);
        }
        return !(at instanceof JsonArray);
    }

    private static JsonObject golden(String name) {
        String resource = "/golden/" + name + ".json";
        try (InputStream in = ReleasedNames.class.getResourceAsStream(resource)) {
            return new JsonObject(
                    new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
