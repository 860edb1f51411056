package io.github.printer2mqtt.simulator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock that only a test moves. */
public final class ManualClock implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    public void move(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    public void moveSeconds(long seconds) {
        move(Duration.ofSeconds(seconds));
    }
}
