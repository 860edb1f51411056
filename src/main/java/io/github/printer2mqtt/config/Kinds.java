package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.JsonTree.Form;
import io.github.printer2mqtt.printer.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of values that keys have. */
final class Kinds {
    private static final int LONGEST = 1024;
    private static final int SHORTEST_TOKEN = 16;

    private Kinds() {}

    static Kind.Plain<String> host() {
        return new Kind.Plain<>(Form.TEXT, "a host name or an IP address", HostText::parse);
    }

    static Kind.Plain<String> topic() {
        return new Kind.Plain<>(Form.TEXT, TopicText.EXPECTED, TopicText::parse);
    }

    static Kind.Plain<String> topicFilter() {
        return new Kind.Plain<>(Form.TEXT, TopicFilterText.EXPECTED, TopicFilterText::parse);
    }

    static Kind.Plain<String> brokerUrl() {
        return new Kind.Plain<>(Form.TEXT, BrokerUrl.EXPECTED, BrokerUrl::parse);
    }

    /** A text that a person or a file system gave its meaning: on one line, not empty. */
    static Kind.Plain<String> text(String expected) {
        return new Kind.Plain<>(Form.TEXT, expected, text -> line(text, expected));
    }

    static Kind.Plain<String> databasePath() {
        String expected = "the path of a file";
        return new Kind.Plain<>(Form.TEXT, expected, text -> {
            String path = line(text, expected);
            String lower = path.toLowerCase(Locale.ROOT);
            // SQLite and its JDBC driver read these as something else than a file of that name.
            if (path.indexOf('?') >= 0 || lower.startsWith(":") || lower.startsWith("file:")) {
                throw Unfit.expected("the path of a file without ?, :memory:, :resource: and file:");
            }
            return path;
        });
    }

    static Kind.Plain<Integer> whole(int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        return new Kind.Plain<>(Form.NUMBER, expected, text -> {
            if (!text.matches("-?[0-9]{1,9}")) {
                throw Unfit.expected(expected);
            }
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw Unfit.expected(expected);
            }
            return number;
        });
    }

    static Kind.Plain<Duration> duration(Duration least, Duration most) {
        String expected = "a duration from " + DurationText.of(least) + " to " + DurationText.of(most);
        return new Kind.Plain<>(Form.TEXT, expected, text -> {
            Duration duration = DurationText.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw Unfit.expected(expected);
            }
            return duration;
        });
    }

    static Kind.Plain<Boolean> flag() {
        return new Kind.Plain<>(Form.FLAG, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Unfit.expected("true or false");
        });
    }

    static <E extends Enum<E>> Kind.Plain<E> choice(Class<E> type, Function<E, String> word) {
        List<E> all = Arrays.asList(type.getEnumConstants());
        String expected =
                all.stream().map(one -> '"' + word.apply(one) + '"').collect(Collectors.joining(", ", "one of ", ""));
        return new Kind.Plain<>(Form.TEXT, expected, text -> {
            for (E one : all) {
                if (word.apply(one).equals(text)) {
                    return one;
                }
            }
            throw Unfit.expected(expected);
        });
    }

    static <E> Kind.ListOf<E> list(String of, Kind.Plain<E> item) {
        return new Kind.ListOf<>("a list of " + of, item);
    }

    static Kind.Plain<Map.Entry<String, LogConfig.Level>> packageLevel() {
        return new Kind.Plain<>(Form.TEXT, LogConfig.EXPECTED, LogConfig::parse);
    }

    /** A password of a broker: any text on one line. */
    static Kind.Hidden password() {
        String expected = "a text";
        return new Kind.Hidden(expected, text -> {
            if (text.isEmpty() || text.length() > LONGEST || !isLine(text)) {
                throw Unfit.found(
                        "an empty, too long or many-lined text", "1 to " + LONGEST + " characters on one line");
            }
            return Secret.of(text);
        });
    }

    /** A token as an Authorization header can carry it. */
    static Kind.Hidden token() {
        String expected = "a text of " + SHORTEST_TOKEN + " characters or more";
        return new Kind.Hidden(expected, text -> {
            if (text.length() < SHORTEST_TOKEN || text.length() > LONGEST) {
                String found = text.length() < SHORTEST_TOKEN ? "fewer characters" : "far more characters";
                throw Unfit.found(found, SHORTEST_TOKEN + " to " + LONGEST);
            }
            if (!text.chars().allMatch(sign -> sign > ' ' && sign < 0x7f)) {
                throw Unfit.found("a space or a character outside ASCII", "letters, digits and signs of ASCII");
            }
            return Secret.of(text);
        });
    }

    private static String line(String text, String expected) throws Unfit {
        if (text.isBlank() || text.length() > LONGEST || !isLine(text)) {
            throw Unfit.expected(expected + " of 1 to " + LONGEST + " characters on one line");
        }
        return text;
    }

    private static boolean isLine(String text) {
        return text.codePoints().noneMatch(point -> {
            int type = Character.getType(point);
            return type == Character.CONTROL || type == Character.SURROGATE;
        });
    }
}
