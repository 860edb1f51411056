package io.github.printer2mqtt.http;

import io.github.printer2mqtt.config.LogConfig;

/** The log levels in force. Safe for every thread. */
public interface LogLevels {
    LogConfig current();

    /** Puts other levels in force until the next start. */
    void apply(LogConfig levels);
}
