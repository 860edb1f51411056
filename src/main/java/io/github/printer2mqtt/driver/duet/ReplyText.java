package io.github.printer2mqtt.driver.duet;

import org.jspecify.annotations.Nullable;

/** Replies of the firmware to G-code, plain text in lines. */
final class ReplyText {
    private static final String ERROR = "Error:";

    private ReplyText() {}

    /** The newest error; null if there is none. */
    static @Nullable String error(String reply) {
        return reply.lines()
                .filter(line -> line.startsWith(ERROR))
                .reduce((earlier, later) -> later)
                .map(line -> line.substring(ERROR.length()).strip())
                .orElse(null);
    }
}
