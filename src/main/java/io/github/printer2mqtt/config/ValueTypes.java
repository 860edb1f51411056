package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.JsonTree.JsonType;
import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.HostUrl;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The value types of the keys. */
final class ValueTypes {
    private static final int MAX_LENGTH = 1024;
    private static final int MIN_TOKEN_LENGTH = 16;
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(\\*\\.)?([a-z0-9.-]+|\\[[0-9a-f:.]+])(:([0-9]{1,5}|\\*))?");
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9_-]+)+");
    private static final int MAX_PREFIX_LENGTH = 100;
    private static final String HOST = "a host name or an IP address";

    private ValueTypes() {}

    static ValueType.Single<String> host() {
        return string(HOST, ValueTypes::parseHost);
    }

    static ValueType.Single<String> topic() {
        return string(TopicText.EXPECTED, TopicText::parse);
    }

    static ValueType.Single<String> topicFilter() {
        return string(TopicText.FILTER_EXPECTED, TopicText::parseFilter);
    }

    static ValueType.Single<String> brokerUrl() {
        return string(BrokerUrl.EXPECTED, BrokerUrl::parse);
    }

    /** A source of the directive frame-ancestors: an origin, or {@code self} without the quotes of the directive. */
    static ValueType.Single<String> frameAncestor() {
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
    static ValueType.Single<String> pathPrefix() {
        String expected = "a path such as \"/printers\"";
        return string(expected, text -> {
            if (text.length() > MAX_PREFIX_LENGTH || !PREFIX.matcher(text).matches()) {
                throw InvalidSettingException.expected(
                        expected + ", with letters, digits, - and _ between slashes and without a slash at the end");
            }
            return text;
        });
    }

    /** Any non-empty text on one line. */
    static ValueType.Single<String> text(String expected) {
        return string(expected, text -> singleLine(text, expected));
    }

    static ValueType.Single<String> databasePath() {
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

    static ValueType.Single<Integer> integer(int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        return new ValueType.Single<>(JsonType.NUMBER, expected, false, text -> {
            if (!text.matches("-?[0-9]{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
                throw InvalidSettingException.expected(expected);
            }
            return Integer.valueOf(text);
        });
    }

    static ValueType.Single<Duration> duration(Duration min, Duration max) {
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

    static ValueType.Single<Boolean> bool() {
        return new ValueType.Single<>(JsonType.BOOLEAN, "true or false", false, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidSettingException.expected("true or false");
        });
    }

    static <E extends Enum<E> & WireConstant> ValueType.Single<E> choice(Class<E> type) {
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

    static <E> ValueType.ListOf<E> list(String of, ValueType.Single<E> item) {
        return new ValueType.ListOf<>("a list of " + of, item);
    }

    static ValueType.Single<Map.Entry<String, LogConfig.Level>> packageLevel() {
        return string(LogConfig.EXPECTED, LogConfig::parse);
    }

    /** A password of a broker. */
    static ValueType.Single<Secret> password() {
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
    static ValueType.Single<Secret> token() {
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
    static ValueType.Single<Secret> encryptionKey() {
        String expected = "64 hexadecimal digits";
        return new ValueType.Single<>(JsonType.STRING, expected, true, text -> {
            if (!text.matches("[0-9a-fA-F]{64}")) {
                throw InvalidSettingException.found("something else", expected + " (openssl rand -hex 32)");
            }
            return Secret.of(text);
        });
    }

    private static <T> ValueType.Single<T> string(String expected, ValueType.Parser<T> parser) {
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
