package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.model.PollFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A printer's last polls, stored compactly because thousands of printers have one each. Not thread-safe. */
final class PollHistory {
    private static final int CAPACITY = 20;

    private final long[] atMillis = new long[CAPACITY];
    private final int[] latencyMillis = new int[CAPACITY];

    /** Allocated at the first failure, which most printers never have. */
    private @Nullable PollFailure @Nullable [] failures;

    private int next;
    private int size;

    void add(Instant at, Duration latency, @Nullable PollFailure failure) {
        atMillis[next] = at.toEpochMilli();
        latencyMillis[next] = (int) Math.min(Integer.MAX_VALUE, latency.toMillis());
        @Nullable PollFailure[] allocated = failures;
        if (allocated == null && failure != null) {
            allocated = new PollFailure[CAPACITY];
            failures = allocated;
        }
        if (allocated != null) {
            allocated[next] = failure;
        }
        next = (next + 1) % CAPACITY;
        size = Math.min(CAPACITY, size + 1);
    }

    List<MonitoringService.PollRecord> oldestFirst() {
        List<MonitoringService.PollRecord> polls = new ArrayList<>(size);
        @Nullable PollFailure[] allocated = failures;
        for (int i = 0; i < size; i++) {
            int at = Math.floorMod(next - size + i, CAPACITY);
            polls.add(new MonitoringService.PollRecord(
                    Instant.ofEpochMilli(atMillis[at]), latencyMillis[at], allocated == null ? null : allocated[at]));
        }
        return List.copyOf(polls);
    }
}
