package io.github.printer2mqtt.site;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the bridge of a site can be reached: our broker is, the site's {@code bridge/state} says online, and something was heard
 * of it lately, since a bridge between two brokers leaves {@code bridge/state} as it is when it breaks. Not thread-safe.
 */
final class SiteReachability {
    /** A bridge publishes {@code bridge/health} every minute; two of them may be lost. */
    static final Duration SILENCE = Duration.ofSeconds(150);

    private final LongSupplier monotonicNanos;
    private boolean connected;
    private boolean online;
    private long heardAtNanos;

    SiteReachability(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
    }

    /** Our broker can be reached; what it has retained follows. */
    void onConnected() {
        connected = true;
        online = false;
        onHeard();
    }

    void onDisconnected() {
        connected = false;
    }

    /** What {@code bridge/state} says. */
    void onState(boolean isOnline) {
        online = isOnline;
    }

    /** The site's bridge has published something just now. */
    void onHeard() {
        heardAtNanos = monotonicNanos.getAsLong();
    }

    boolean isReachable() {
        return connected && online && monotonicNanos.getAsLong() - heardAtNanos < SILENCE.toNanos();
    }
}
