package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.InvalidSettingException;
import io.github.printer2mqtt.text.WireConstant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Section {@code log}, and the log levels that the API reads and changes at run time.
 *
 * @param format of the lines on standard error; does not change at run time
 * @param level of this program
 * @param packages levels of single packages, by name below the base package; they override {@code level}
 */
public record LogConfig(Format format, Level level, Map<String, Level> packages) {
    /** How a line is written. */
    public enum Format implements WireConstant {
        /** For people. */
        TEXT,
        /** One JSON object, for programs that collect logs. */
        JSON
    }

    /** From the fewest log lines to the most. */
    public enum Level implements WireConstant {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    static final String EXPECTED =
            "package=level, with a package of this program and one of error, warn, info, debug, trace";

    public LogConfig {
        packages = Map.copyOf(packages);
    }

    /** Levels of lines for people. */
    public LogConfig(Level level, Map<String, Level> packages) {
        this(Format.TEXT, level, packages);
    }

    static LogConfig of(Format format, Level level, List<Map.Entry<String, Level>> packages) {
        Map<String, Level> byName = new TreeMap<>();
        packages.forEach(each -> byName.put(each.getKey(), each.getValue()));
        return new LogConfig(format, level, byName);
    }

    /**
     * Whether this program has such a package. Packages of libraries are not allowed because libraries log secrets at fine
     * levels.
     */
    public static boolean isPackage(String name) {
        return name.matches("[a-z]+(\\.[a-z]+)*")
                && LogConfig.class.getResource(basePath() + name.replace('.', '/') + "/package-info.class") != null;
    }

    static Map.Entry<String, Level> parse(String text) throws InvalidSettingException {
        int separator = text.indexOf('=');
        Level level = WireConstant.find(Level.class, text.substring(separator + 1));
        if (separator < 0 || level == null || !isPackage(text.substring(0, separator))) {
            throw InvalidSettingException.expected(EXPECTED);
        }
        return Map.entry(text.substring(0, separator), level);
    }

    private static String basePath() {
        String here = LogConfig.class.getPackageName().replace('.', '/');
        return "/" + here.substring(0, here.lastIndexOf('/') + 1);
    }
}
