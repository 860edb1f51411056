package io.github.printer2mqtt.cli;

import java.util.logging.LogManager;

/**
 * The log of the JDK, to which Paho writes every reconnect with its stack. We tell the edges of a connection ourselves,
 * so nothing of it reaches the console.
 */
public final class JavaUtilLogging {
    private JavaUtilLogging() {}

    public static void silence() {
        LogManager.getLogManager().reset();
    }
}
