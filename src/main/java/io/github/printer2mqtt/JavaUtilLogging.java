package io.github.printer2mqtt;

import java.util.logging.LogManager;

/**
 * The log of the JDK, to which Paho writes every reconnect with its stack. We tell the edges of a connection ourselves,
 * so nothing of it reaches the console.
 */
final class JavaUtilLogging {
    private JavaUtilLogging() {}

    static void silence() {
        LogManager.getLogManager().reset();
    }
}
