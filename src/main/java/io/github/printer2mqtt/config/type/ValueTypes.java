package io.github.printer2mqtt.config.type;

import io.github.printer2mqtt.config.type.JsonTree.JsonType;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.HostUrl;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.IpNetwork;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The value types of the keys. */
public final class ValueTypes {
    private static final int MAX_LENGTH = 1024;
    private static final int MIN_TOKEN_LENGTH = 16;
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(\\*\\.)?([a-z0-9.-]+|\\[[0-9a-f:.]+])(:([0-9]{1,5}|\\*))?");
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9_-]+)+");
    private static final int MAX_PREFIX_LENGTH = 100;

    /** Where the paths of the bridge itself begin, below which others would hide. */
    private static final Pattern OWN_PATH = Pattern.compile("/(api|assets|health|metrics|wall)(/.*)?");

    private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final int MIN_NETWORK_PREFIX = 7;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String HOST = "a host name or an IP address";

    private ValueTypes() {}

    /** A host name or IP address to listen on. */
    public static ValueType.Single<String> host() {
        return string(HOST, ValueTypes::parseHost);
    }

    /** A topic without wildcards. */
    public static ValueType.Single<String> topic() {
        return string(TopicText.EXPECTED, TopicText::parse);
    }

    /** A topic filter, which may have wildcards. */
    public static ValueType.Single<String> topicFilter() {
        return string(TopicText.FILTER_EXPECTED, TopicText::parseFilter);
    }

    /** The URL of an MQTT broker. */
    public static ValueType.Single<String> brokerUrl() {
        return string(BrokerUrl.EXPECTED, BrokerUrl::parse);
    }

    /** A source of the directive frame-ancestors: an origin, or {@code self} without the quotes of the directive. */
    public static ValueType.Single<String> frameAncestor() {
        String expected = "an origin such as \"https://home.example\", or \"self\"";
        return string(expected, text -> {
            String source = text.toLowerCase(Locale.ROOT);
            if (source.equals("self")) {
                return "'self'";
            }
            if (!ORIGIN.matcher(source).matches()) {
                throw InvalidSettingException.expected(expected);
            }
            return source;
        });
    }

    /** Characters that mean the same in every URL, and no segment that means another one. */
    public static ValueType.Single<String> pathPrefix() {
        String expected = "a path such as \"/printers\"";
        return string(expected, text -> {
            if (text.length() > MAX_PREFIX_LENGTH || !PREFIX.matcher(text).matches()) {
                throw InvalidSettingException.expected(
                        expected + ", with letters, digits, - and _ between slashes and without a slash at the end");
            }
            if (OWN_PATH.matcher(text).matches()) {
                throw InvalidSettingException.expected(
                        expected
                                + ", which does not begin with a path of the bridge itself: /api, /assets, /health, /metrics or /wall");
            }
            return text;
        });
    }

    /** Not so large that it can only be a mistake, such as everybody. */
    public static ValueType.Single<IpNetwork> network() {
        String expected = "an IP address, or a network such as \"192.0.2.0/24\"";
        return string(expected, text -> {
            try {
                IpNetwork network = IpNetwork.parse(text);
                if (network.prefix() >= MIN_NETWORK_PREFIX) {
                    return network;
                }
            } catch (InvalidValueException e) {
                throw InvalidSettingException.expected(expected);
            }
            throw InvalidSettingException.expected(expected + ", with a prefix of at least " + MIN_NETWORK_PREFIX);
        });
    }

    public static ValueType.Single<String> headerName() {
        String expected = "the name of a header such as \"Remote-User\"";
        return string(expected, text -> {
            if (!HEADER.matcher(text).matches()) {
                throw InvalidSettingException.expected(expected);
            }
            return text;
        });
    }

    /** Any non-empty text on one line. */
    public static ValueType.Single<String> text(String expected) {
        return string(expected, text -> singleLine(text, expected));
    }

    /** The path of a database file. */
    public static ValueType.Single<String> databasePath() {
        String expected = "the path of a file";
        return string(expected, text -> {
            String path = singleLine(text, expected);
            String lower = path.toLowerCase(Locale.ROOT);
            // SQLite and its JDBC driver do not interpret these as file names.
            if (path.indexOf('?') >= 0 || lower.startsWith(":") || lower.startsWith("file:")) {
                throw InvalidSettingException.expected("the path of a file without ?, :memory:, :resource: and file:");
            }
            return path;
        });
    }

    /** A whole number in a range, both ends included. */
    public static ValueType.Single<Integer> integer(int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        return new ValueType.Single<>(JsonType.NUMBER, expected, false, text -> {
            if (!text.matches("-?[0-9]{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
                throw InvalidSettingException.expected(expected);
            }
            return Integer.valueOf(text);
        });
    }

    /** A duration such as {@code 10s} in a range, both ends included. */
    public static ValueType.Single<Duration> duration(Duration min, Duration max) {
        String expected = "a duration from " + DurationText.of(min) + " to " + DurationText.of(max);
        return string(expected, text -> {
            Duration duration = DurationText.parse(text)
                    .orElseThrow(
                            () -> InvalidSettingException.expected("a duration such as \"500ms\", \"2s\" or \"5m\""));
            if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
                throw InvalidSettingException.expected(expected);
            }
            return duration;
        });
    }

    /** A time of day to the minute. */
    public static ValueType.Single<LocalTime> timeOfDay() {
        String expected = "a time of day from \"00:00\" to \"23:59\"";
        return string(expected, text -> {
            if (!TIME_OF_DAY.matcher(text).matches()) {
                throw InvalidSettingException.expected(expected);
            }
            return LocalTime.parse(text);
        });
    }

    /** A path that this system can have. */
    public static ValueType.Single<String> path(String expected) {
        return string(expected, text -> {
            try {
                return Path.of(singleLine(text, expected)).toString();
            } catch (InvalidPathException e) {
                throw InvalidSettingException.expected(expected);
            }
        });
    }

    /** {@code true} or {@code false}. */
    public static ValueType.Single<Boolean> bool() {
        return new ValueType.Single<>(JsonType.BOOLEAN, "true or false", false, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidSettingException.expected("true or false");
        });
    }

    /** One of the constants, by the names that users see. */
    public static <E extends Enum<E> & WireConstant> ValueType.Single<E> choice(Class<E> type) {
        String expected = WireConstant.names(List.of(type.getEnumConstants())).stream()
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", ", "one of ", ""));
        return string(expected, text -> {
            E constant = WireConstant.find(type, text);
            if (constant == null) {
                throw InvalidSettingException.expected(expected);
            }
            return constant;
        });
    }

    /**
     * Several values of one type.
     *
     * @param of what they are, in plural, for messages
     */
    public static <E> ValueType.ListOf<E> list(String of, ValueType<E> item) {
        return new ValueType.ListOf<>("a list of " + of, item);
    }

    /** A password of a broker. */
    public static ValueType.Single<Secret> password() {
        String expected = "a string";
        return new ValueType.Single<>(JsonType.STRING, expected, true, text -> {
            if (text.isEmpty() || text.length() > MAX_LENGTH || !isSingleLine(text)) {
                throw InvalidSettingException.found(
                        "an empty, too long or multi-line value", "1 to " + MAX_LENGTH + " characters on one line");
            }
            return Secret.of(text);
        });
    }

    /** A token that an Authorization header can carry. */
    public static ValueType.Single<Secret> token() {
        String expected = "a string of " + MIN_TOKEN_LENGTH + " characters or more";
        return new ValueType.Single<>(JsonType.STRING, expected, true, text -> {
            if (text.length() < MIN_TOKEN_LENGTH || text.length() > MAX_LENGTH) {
                String found = text.length() < MIN_TOKEN_LENGTH
                        ? "fewer than " + MIN_TOKEN_LENGTH + " characters"
                        : "more than " + MAX_LENGTH + " characters";
                throw InvalidSettingException.found(found, MIN_TOKEN_LENGTH + " to " + MAX_LENGTH + " characters");
            }
            if (!text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
                throw InvalidSettingException.found(
                        "a space or a character outside ASCII", "ASCII letters, digits and symbols only");
            }
            return Secret.of(text);
        });
    }

    /** A key for AES with 256 bits. */
    public static ValueType.Single<Secret> encryptionKey() {
        String expected = "64 hexadecimal digits";
        return new ValueType.Single<>(JsonType.STRING, expected, true, text -> {
            if (!text.matches("[0-9a-fA-F]{64}")) {
                throw InvalidSettingException.found("something else", expected + " (openssl rand -hex 32)");
            }
            return Secret.of(text);
        });
    }

    /** A text with a parser of its own. */
    public static <T> ValueType.Single<T> string(String expected, ValueType.Parser<T> parser) {
        return new ValueType.Single<>(JsonType.STRING, expected, false, parser);
    }

    /** The host in lower case; an IPv6 address has no brackets. */
    private static String parseHost(String text) throws InvalidSettingException {
        String host = text.toLowerCase(Locale.ROOT);
        boolean ipv6 = host.indexOf(':') != host.lastIndexOf(':');
        try {
            AddressText address = AddressText.parse(ipv6 ? HostUrl.bracketed(host) : host);
            if (address.scheme() == null
                    && address.port() == null
                    && address.path().isEmpty()
                    && host.strip().equals(host)
                    && !host.endsWith("/")) {
                return host;
            }
        } catch (InvalidValueException e) {
            throw InvalidSettingException.expected(HOST);
        }
        throw InvalidSettingException.expected(HOST + " without scheme, port and path");
    }

    private static String singleLine(String text, String expected) throws InvalidSettingException {
        if (text.isBlank() || text.length() > MAX_LENGTH || !isSingleLine(text)) {
            throw InvalidSettingException.expected(expected + " of 1 to " + MAX_LENGTH + " characters on one line");
        }
        return text;
    }

    static boolean isSingleLine(String text) {
        return text.codePoints().noneMatch(point -> {
            int type = Character.getType(point);
            return type == Character.CONTROL || type == Character.SURROGATE;
        });
    }
}
