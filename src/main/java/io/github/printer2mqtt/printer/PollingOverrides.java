package io.github.printer2mqtt.printer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one printer wants differently from section {@code polling} of the configuration.
 *
 * @param timeout for one reading; null for the configured one
 * @param offlineAfter misses until it is offline; null for the configured number
 */
public record PollingOverrides(
        @Nullable Duration timeout, @Nullable Integer offlineAfter) {
    public static PollingOverrides none() {
        return new PollingOverrides(null, null);
    }
}
