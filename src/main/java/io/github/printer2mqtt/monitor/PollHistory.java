package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.model.PollFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A printer's last polls, kept as numbers: there is one of these for each of thousands. Belongs to one loop. */
final class PollHistory {
    private static final int KEPT = 20;

    private final long[] atMillis = new long[KEPT];
    private final int[] latencyMillis = new int[KEPT];

    /** Made at the first miss, which most printers never have; null until then. */
    private @Nullable PollFailure @Nullable [] misses;

    private int next;
    private int size;

    void add(Instant at, Duration latency, @Nullable PollFailure miss) {
        atMillis[next] = at.toEpochMilli();
        latencyMillis[next] = (int) Math.min(Integer.MAX_VALUE, latency.toMillis());
        @Nullable PollFailure[] known = misses;
        if (known == null && miss != null) {
            known = new PollFailure[KEPT];
            misses = known;
        }
        if (known != null) {
            known[next] = miss;
        }
        next = (next + 1) % KEPT;
        size = Math.min(KEPT, size + 1);
    }

    List<MonitoringService.PollRecord> oldestFirst() {
        List<MonitoringService.PollRecord> polls = new ArrayList<>(size);
        @Nullable PollFailure[] known = misses;
        for (int i = 0; i < size; i++) {
            int at = Math.floorMod(next - size + i, KEPT);
            polls.add(new MonitoringService.PollRecord(
                    Instant.ofEpochMilli(atMillis[at]), latencyMillis[at], known == null ? null : known[at]));
        }
        return List.copyOf(polls);
    }
}
