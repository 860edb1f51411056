package io.github.printer2mqtt.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code log}, and what the API reads and changes while the bridge runs.
 *
 * @param level of everything this program logs
 * @param packages levels of single packages of this program, by name below its base package; they win over {@code level}
 */
public record LogConfig(Level level, Map<String, Level> packages) {
    /** From the fewest lines to the most. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE;

        /** As written in configuration and API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The level of that name; null if there is none. */
        public static @Nullable Level find(String word) {
            for (Level level : values()) {
                if (level.wireName().equals(word)) {
                    return level;
                }
            }
            return null;
        }
    }

    static final String EXPECTED =
            "package=level, with a package of this program and one of error, warn, info, debug, trace";

    public LogConfig {
        packages = Map.copyOf(packages);
    }

    public static LogConfig defaults() {
        return new ConfigAssembler(new Values()).log();
    }

    static LogConfig of(Level level, List<Map.Entry<String, Level>> packages) {
        Map<String, Level> byName = new TreeMap<>();
        packages.forEach(each -> byName.put(each.getKey(), each.getValue()));
        return new LogConfig(level, byName);
    }

    /**
     * Whether this program has such a package. Other programs' packages are not offered: at their finest levels libraries
     * log what they send, secrets included.
     */
    public static boolean isPackage(String name) {
        return name.matches("[a-z]+(\\.[a-z]+)*")
                && LogConfig.class.getResource(basePath() + name.replace('.', '/') + "/package-info.class") != null;
    }

    static Map.Entry<String, Level> parse(String text) throws InvalidSettingException {
        int sign = text.indexOf('=');
        Level level = Level.find(text.substring(sign + 1));
        if (sign < 0 || level == null || !isPackage(text.substring(0, sign))) {
            throw InvalidSettingException.expected(EXPECTED);
        }
        return Map.entry(text.substring(0, sign), level);
    }

    private static String basePath() {
        String here = LogConfig.class.getPackageName().replace('.', '/');
        return "/" + here.substring(0, here.lastIndexOf('/') + 1);
    }
}
