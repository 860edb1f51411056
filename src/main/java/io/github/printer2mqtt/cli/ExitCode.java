package io.github.printer2mqtt.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ended, for scripts. Released numbers do not change. */
public enum ExitCode {
    OK(0, "success"),
    FAILURE(1, "internal error of printer2mqtt; --verbose prints the stack trace"),
    USAGE(2, "invalid command, configuration or registration"),
    CANNOT_START(3, "the bridge cannot start: a port is in use, or the database or its key is unusable"),
    NOT_READY(4, "no bridge runs, it is not ready, or the printer does not answer");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** All exit codes for the usage help of a command. */
    public static Map<String, String> help() {
        Map<String, String> lines = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            lines.put(" " + code.number, code.meaning);
        }
        return lines;
    }
}
