package io.github.printer2mqtt.mqtt;

import java.util.function.Consumer;

/** Where the program's own warnings and errors come from. Safe for every thread. */
public interface LogFeed {
    /**
     * Hands over every line from now on, encoded for {@code bridge/log}.
     *
     * @param lines called on the thread that logs; returns at once
     */
    void follow(Consumer<byte[]> lines);

    /** Ends it. */
    void end();

    /** Where nothing is logged. */
    static LogFeed none() {
        return new LogFeed() {
            @Override
            public void follow(Consumer<byte[]> lines) {
                // There are none.
            }

            @Override
            public void end() {
                // It never began.
            }
        };
    }
}
