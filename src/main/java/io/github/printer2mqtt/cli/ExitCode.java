package io.github.printer2mqtt.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ended, for scripts. The numbers are released and do not change. */
public enum ExitCode {
    OK(0, "done"),
    FAILURE(1, "a fault of printer2mqtt itself; --verbose shows where"),
    USAGE(2, "a mistake in the command, the configuration or a registration"),
    CANNOT_START(3, "the bridge cannot start: a port is taken, the database is unusable"),
    NOT_READY(4, "nothing runs, it is not ready, or the printer does not answer");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** All of them as the help lists them. */
    public static Map<String, String> help() {
        Map<String, String> lines = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            lines.put(" " + code.number, code.meaning);
        }
        return lines;
    }
}
