package io.github.printer2mqtt.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.http.ApiServices;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The log levels of this process, shared by all bridges in it. Thread-safe. */
public final class LogbackLevels implements ApiServices.LogLevels {
    private static final String BASE = "io.github.printer2mqtt";

    private LogConfig current;

    /** @param current the levels in force, or about to be applied */
    public LogbackLevels(LogConfig current) {
        this.current = current;
    }

    @Override
    public synchronized LogConfig current() {
        return current;
    }

    @Override
    public synchronized void apply(LogConfig levels) {
        current.packages().keySet().forEach(name -> set(BASE + "." + name, null));
        set(BASE, levels.level());
        levels.packages().forEach((name, level) -> set(BASE + "." + name, level));
        current = levels;
    }

    private static void set(String logger, LogConfig.@Nullable Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger(logger).setLevel(level == null ? null : Level.valueOf(level.name()));
        }
    }
}
