package io.github.printer2mqtt.registration.transfer;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads some keys of a YAML document from the events of SnakeYAML, so that no tag makes an object and no value is guessed: a key
 * such as {@code 0123} stays a text. Anchors, aliases and tags are refused, and size and depth have limits
 * (docs/decisions/140-exports-of-other-programs.md).
 */
final class YamlReader {
    static final int MAX_VALUES = 400_000;
    private static final int MAX_DEPTH = 16;

    /** SnakeYAML copies what it has read again for each kilobyte of a word, so one word of megabytes takes minutes. */
    static final int MAX_LINE = 16_384;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Parser events;
    private int values;

    private YamlReader(Parser events) {
        this.events = events;
    }

    /**
     * The mapping that the document consists of.
     *
     * @param keys what is kept of it; other values are dropped while they are read
     * @throws RegistrationException if it is no such document. The message never quotes it, because it contains secrets
     */
    static YamlMapping read(String text, Set<String> keys) {
        requireShortLines(text);
        try {
            LoaderOptions options = new LoaderOptions();
            options.setProcessComments(false);
            options.setCodePointLimit(text.length() + 1);
            return new YamlReader(new ParserImpl(new StreamReader(text), options)).document(keys);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            throw error(line, "found text that is not valid YAML, expected an export of FDM Monster");
        } catch (YAMLException e) {
            throw new RegistrationException(
                    Code.INVALID_FIELD, null, "found characters that YAML does not allow, expected a text file");
        }
    }

    private static void requireShortLines(String text) {
        int start = 0;
        int number = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end;
            if (next - start > MAX_LINE) {
                throw error(
                        number, "found " + (next - start) + " characters in one line, expected at most " + MAX_LINE);
            }
            start = next + 1;
            number++;
        }
    }

    private YamlMapping document(Set<String> keys) {
        events.getEvent();
        if (events.getEvent().is(Event.ID.StreamEnd) || !events.checkEvent(Event.ID.MappingStart)) {
            throw error(0, "found no mapping, expected an export of FDM Monster with the key printers");
        }
        YamlMapping document = mapping(events.getEvent(), 1, keys);
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw error(line(events.peekEvent()), "found a second document, expected one");
        }
        return document;
    }

    private @Nullable Object value(int depth) {
        Event event = events.getEvent();
        if (++values > MAX_VALUES) {
            throw error(
                    line(event), "found more than " + MAX_VALUES + " values, expected at most that; split the file");
        }
        if (depth > MAX_DEPTH) {
            throw error(line(event), "found more than " + MAX_DEPTH + " levels, expected at most that");
        }
        if (event.is(Event.ID.Alias) || (event instanceof NodeEvent node && node.getAnchor() != null)) {
            throw error(line(event), "found an anchor or an alias (& or *), expected every value in its place");
        }
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> list((SequenceStartEvent) event, depth);
            default -> mapping(event, depth, null);
        };
    }

    private static @Nullable String scalar(ScalarEvent scalar) {
        requireNoTag(scalar, scalar.getTag());
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return plain && NULLS.contains(scalar.getValue()) ? null : scalar.getValue();
    }

    private List<@Nullable Object> list(SequenceStartEvent start, int depth) {
        requireNoTag(start, start.getTag());
        List<@Nullable Object> list = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            list.add(value(depth + 1));
        }
        events.getEvent();
        return list;
    }

    /** @param keys what is kept; null for everything */
    private YamlMapping mapping(Event event, int depth, @Nullable Set<String> keys) {
        requireNoTag(event, ((MappingStartEvent) event).getTag());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            int line = line(events.peekEvent());
            Object key = value(depth + 1);
            Object value = value(depth + 1);
            if (!(key instanceof String name)) {
                throw error(line, "found a key that is no text, expected one such as printers");
            }
            if (fields.containsKey(name)) {
                throw error(line, "found a key twice in one mapping, expected it once");
            }
            if (keys == null || keys.contains(name)) {
                fields.put(name, value);
            }
        }
        events.getEvent();
        return new YamlMapping(line(event) + 1, fields);
    }

    private static void requireNoTag(Event event, @Nullable String tag) {
        if (tag != null && !tag.equals("!")) {
            throw error(line(event), "found a tag (!), expected a value without one");
        }
    }

    private static int line(Event event) {
        return event.getStartMark() == null ? 0 : event.getStartMark().getLine();
    }

    /** @param line counted from 0 */
    static RegistrationException error(int line, String message) {
        return new RegistrationException(Code.INVALID_FIELD, "line " + (line + 1), message);
    }
}
