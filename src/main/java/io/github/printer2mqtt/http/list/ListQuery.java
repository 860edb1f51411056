package io.github.printer2mqtt.http.list;

import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Sha256;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Filters of the printer list. A parameter may repeat or hold several values separated by commas; a printer is listed if it
 * matches one value of each given parameter. A comma in a group or tag is sent as {@code %2C}.
 *
 * @param states empty for all
 * @param groups empty for all
 * @param tags a printer must have one of them; empty for all
 * @param sites empty for all
 * @param fields top-level keys of the status; empty for all
 */
public record ListQuery(
        Set<String> states, Set<String> groups, Set<String> tags, Set<String> sites, Set<String> fields) {
    /** The top-level keys of a status. */
    public static final Set<String> STATUS_KEYS = Set.of(
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
            "light",
            "active_nozzle",
            "problems",
            "filaments",
            "plate",
            "maintenance",
            "site",
            "source",
            "capabilities",
            "poll");

    private static final Set<String> STATES = Set.copyOf(WireConstant.names(List.of(PrinterState.values())));

    /**
     * @param query as sent, with escapes; null for none
     * @throws HttpProblemException if a value is unknown
     */
    public static ListQuery parse(@Nullable String query) {
        Map<String, List<String>> parameters = separated(query == null ? "" : query);
        return new ListQuery(
                words(parameters, "state", STATES),
                texts(parameters, "group"),
                texts(parameters, "tag"),
                texts(parameters, "site"),
                words(parameters, "fields", STATUS_KEYS));
    }

    /** Whether the response waits for a new poll. */
    public static boolean isFresh(MultiMap parameters) {
        return Boolean.TRUE.equals(flag(parameters, "fresh"));
    }

    /** A parameter that is {@code true} or {@code false}; null if it is missing. */
    public static @Nullable Boolean flag(MultiMap parameters, String name) {
        List<String> values = parameters.getAll(name);
        if (values.isEmpty()) {
            return null;
        }
        if (values.equals(List.of("true")) || values.equals(List.of("false"))) {
            return Boolean.valueOf(values.get(0));
        }
        throw Problem.invalidParameter(
                name, "found " + QuotedText.of(String.join(",", values)) + ", expected true or false");
    }

    boolean isUnfiltered() {
        return states.isEmpty() && groups.isEmpty() && tags.isEmpty() && sites.isEmpty() && fields.isEmpty();
    }

    /** Whether a printer is listed. */
    public boolean matches(Status status) {
        return (states.isEmpty() || states.contains(status.state().wireName()))
                && matchesInAnyState(status.site(), status.group(), status.tags());
    }

    /**
     * Whether a printer would be listed in some state.
     *
     * @param site null for a printer of this bridge, which no filter of sites includes
     * @param group null if it has none
     */
    public boolean matchesInAnyState(@Nullable String site, @Nullable String group, List<String> ofPrinter) {
        return (sites.isEmpty() || (site != null && sites.contains(site)))
                && (groups.isEmpty() || (group != null && groups.contains(group)))
                && (tags.isEmpty() || ofPrinter.stream().anyMatch(tags::contains));
    }

    /** The same query, with a field that is returned in any case. */
    public ListQuery withField(String field) {
        if (fields.isEmpty() || fields.contains(field)) {
            return this;
        }
        Set<String> more = new TreeSet<>(fields);
        more.add(field);
        return new ListQuery(states, groups, tags, sites, more);
    }

    /** Equal for equal filters, for entity tags and stream ids: hexadecimal digits, or empty for the whole list. */
    public String digest() {
        if (isUnfiltered()) {
            return "";
        }
        // JSON, because groups and tags may contain any separator.
        JsonArray canonical = new JsonArray();
        List.of(states, groups, tags, sites, fields)
                .forEach(values -> canonical.add(new JsonArray(new ArrayList<>(values))));
        byte[] digest = Sha256.sha256(canonical.encode().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 8);
    }

    /** Splits at commas before decoding, so that an escaped comma stays part of its value. */
    private static Map<String, List<String>> separated(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("[&;]", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            List<String> values = parameters.computeIfAbsent(name, first -> new ArrayList<>());
            for (String value : parameter
                    .substring(equals < 0 ? parameter.length() : equals + 1)
                    .split(",", -1)) {
                values.add(decoded(value));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Set<String> texts(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** No known word contains a comma, so an escaped comma separates as well. */
    private static Set<String> words(Map<String, List<String>> parameters, String name, Set<String> known) {
        Set<String> words = new TreeSet<>();
        for (String text : texts(parameters, name)) {
            for (String word : text.split(",", -1)) {
                if (!word.isEmpty() && !known.contains(word)) {
                    throw Problem.invalidParameter(
                            name,
                            "found " + QuotedText.of(word) + ", expected " + String.join(", ", new TreeSet<>(known)));
                }
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        }
        return words;
    }
}
