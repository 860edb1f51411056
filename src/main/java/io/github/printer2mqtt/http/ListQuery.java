package io.github.printer2mqtt.http;

import io.github.printer2mqtt.printer.Digests;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Quoted;
import io.github.printer2mqtt.printer.Status;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which printers of the list are asked for and what of them. A parameter may repeat or hold several values with commas;
 * a printer is chosen when it fits one value of each parameter that is given.
 *
 * @param states words of the contract; empty for all
 * @param groups empty for all
 * @param tags of which a printer must have one; empty for all
 * @param fields top-level keys of the status; empty for all
 */
record ListQuery(Set<String> states, Set<String> groups, Set<String> tags, Set<String> fields) {
    /** The top-level keys of a status. */
    static final Set<String> STATUS_KEYS = Set.of(
            "schema",
            "id",
            "name",
            "driver",
            "model",
            "group",
            "tags",
            "state",
            "raw_state",
            "message",
            "online",
            "temperatures",
            "job",
            "last_job",
            "speed",
            "fan",
            "capabilities",
            "poll");

    private static final Set<String> STATES =
            Arrays.stream(PrinterState.values()).map(PrinterState::word).collect(Collectors.toUnmodifiableSet());

    private static final List<String> PARAMETERS = List.of("state", "group", "tag", "fields", "fresh");

    /** @throws RequestProblem if a parameter or a value is unknown */
    static ListQuery parse(MultiMap parameters) {
        for (String name : parameters.names()) {
            if (!PARAMETERS.contains(name)) {
                throw invalid(name, "unknown parameter, expected one of " + String.join(", ", PARAMETERS));
            }
        }
        return new ListQuery(
                values(parameters, "state", STATES),
                values(parameters, "group", Set.of()),
                values(parameters, "tag", Set.of()),
                values(parameters, "fields", STATUS_KEYS));
    }

    /** Whether the list shall wait for a poll of every printer. */
    static boolean isFresh(MultiMap parameters) {
        List<String> values = parameters.getAll("fresh");
        if (values.isEmpty() || values.equals(List.of("false"))) {
            return false;
        }
        if (values.equals(List.of("true"))) {
            return true;
        }
        throw invalid("fresh", "found " + Quoted.of(String.join(",", values)) + ", expected true or false");
    }

    /** Whether it asks for the whole list. */
    boolean isEverything() {
        return states.isEmpty() && groups.isEmpty() && tags.isEmpty() && fields.isEmpty();
    }

    boolean chooses(Status status) {
        return (states.isEmpty() || states.contains(status.state().word()))
                && (groups.isEmpty() || (status.group() != null && groups.contains(status.group())))
                && (tags.isEmpty() || status.tags().stream().anyMatch(tags::contains));
    }

    /** The same text for the same question, for entity tags; empty for the whole list. */
    String digest() {
        if (isEverything()) {
            return "";
        }
        String canonical = states + "/" + groups + "/" + tags + "/" + fields;
        byte[] digest = Digests.sha256(canonical.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 8);
    }

    private static Set<String> values(MultiMap parameters, String name, Set<String> known) {
        Set<String> values = new TreeSet<>();
        for (String text : parameters.getAll(name)) {
            for (String value : text.split(",", -1)) {
                if (!value.isEmpty() && !known.isEmpty() && !known.contains(value)) {
                    throw invalid(
                            name,
                            "found " + Quoted.of(value) + ", expected " + String.join(", ", new TreeSet<>(known)));
                }
                if (!value.isEmpty()) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static RequestProblem invalid(String parameter, String detail) {
        return Problem.ofField(400, "invalid_parameter", parameter, detail).asException();
    }
}
