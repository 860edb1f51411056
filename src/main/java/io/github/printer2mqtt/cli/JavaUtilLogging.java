package io.github.printer2mqtt.cli;

import java.util.logging.LogManager;

/**
 * Keeps the JDK's log off the console: Paho writes a stack trace there for every failed reconnect, and the bridge logs
 * connection changes itself.
 */
public final class JavaUtilLogging {
    private JavaUtilLogging() {}

    public static void silence() {
        LogManager.getLogManager().reset();
    }
}
