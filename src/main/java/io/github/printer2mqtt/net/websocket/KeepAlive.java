package io.github.printer2mqtt.net.websocket;

import java.time.Duration;

/** Decides when a silent web socket is pinged and when it is dead. Not thread-safe. */
final class KeepAlive {
    /** Between two checks; a ping is answered within one interval. */
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private long receivedNanos;
    private boolean pinged;

    /** What a check requires. */
    enum Step {
        NOTHING,
        PING,
        CLOSE
    }

    /** @param nowNanos monotonic time */
    KeepAlive(long nowNanos) {
        this.receivedNanos = nowNanos;
    }

    void onReceived(long nowNanos) {
        receivedNanos = nowNanos;
        pinged = false;
    }

    /** Must be called once per interval. */
    Step check(long nowNanos) {
        if (nowNanos - receivedNanos < INTERVAL.toNanos()) {
            return Step.NOTHING;
        }
        Step step = pinged ? Step.CLOSE : Step.PING;
        pinged = true;
        return step;
    }
}
