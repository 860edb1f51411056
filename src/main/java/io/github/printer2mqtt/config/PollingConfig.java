package io.github.printer2mqtt.config;

import java.time.Duration;

/**
 * Section {@code polling}.
 *
 * @param timeout for one reading, from the start of the connect
 * @param offlineAfter misses in a row until a printer is offline
 * @param interval between polls
 */
public record PollingConfig(Duration timeout, int offlineAfter, Interval interval) {
    /**
     * Sub-section {@code polling.interval}, each at least 250 ms.
     *
     * @param printing while printing
     * @param preparing while preparing, busy, in need of attention or unknown
     * @param paused while paused
     * @param idle while idle, finished, cancelled or in error
     * @param offline the first wait of the back-off
     * @param offlineMax the longest wait of the back-off
     */
    public record Interval(
            Duration printing,
            Duration preparing,
            Duration paused,
            Duration idle,
            Duration offline,
            Duration offlineMax) {
        public static Interval defaults() {
            return new ConfigAssembler(new Values()).interval();
        }
    }

    public static PollingConfig defaults() {
        return new ConfigAssembler(new Values()).polling();
    }
}
