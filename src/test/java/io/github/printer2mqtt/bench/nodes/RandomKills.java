package io.github.printer2mqtt.bench.nodes;

import io.github.printer2mqtt.nodes.NodeProcess;
import io.github.printer2mqtt.nodes.NodeSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Disturbs one node at a time and restores it. Not thread-safe. */
final class RandomKills {
    private static final int LEAST_MILLIS = 30_000;
    private static final int MOST_MILLIS = 120_000;
    private static final int LEAST_AWAY_MILLIS = 5_000;
    private static final int MOST_AWAY_MILLIS = 25_000;

    private enum Kind {
        KILL_WORKING("kill -9 of the node that works"),
        KILL_STANDBY("kill -9 of a node that stands by"),
        STOP_WORKING("SIGSTOP of the node that works, then SIGCONT"),
        TERMINATE_WORKING("SIGTERM of the node that works"),
        CUT_DATABASE("the node that works cut off from the database");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** The node that works is killed more often than anything else happens. */
    private static final List<Kind> KINDS = List.of(
            Kind.KILL_WORKING,
            Kind.KILL_WORKING,
            Kind.KILL_WORKING,
            Kind.KILL_STANDBY,
            Kind.STOP_WORKING,
            Kind.TERMINATE_WORKING,
            Kind.CUT_DATABASE);

    private final NodeSet nodes;
    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();
    private long due;
    private @Nullable Runnable restore;

    RandomKills(NodeSet nodes, Random random, Duration lease) {
        this.nodes = nodes;
        this.random = random;
        this.due = System.currentTimeMillis() + lease.toMillis();
    }

    /** Disturbs a node or restores it, if that is due. */
    void tick(long now) {
        if (now < due) {
            return;
        }
        if (restore != null) {
            restoreAll();
            due = now + random.nextInt(LEAST_MILLIS, MOST_MILLIS) - MOST_AWAY_MILLIS;
        } else {
            restore = disturb(KINDS.get(random.nextInt(KINDS.size())));
            due = now + random.nextInt(LEAST_AWAY_MILLIS, MOST_AWAY_MILLIS);
        }
    }

    /** Ends what is disturbed. */
    void restoreAll() {
        if (restore != null) {
            restore.run();
            restore = null;
        }
    }

    private Runnable disturb(Kind kind) {
        counts.merge(kind.text, 1, Integer::sum);
        NodeProcess working = nodes.node(nodes.holder().node());
        switch (kind) {
            case KILL_WORKING -> {
                working.kill();
                return working::start;
            }
            case KILL_STANDBY -> {
                List<NodeProcess> others = new ArrayList<>(nodes.nodes());
                others.remove(working);
                NodeProcess other = others.get(random.nextInt(others.size()));
                other.kill();
                return other::start;
            }
            case STOP_WORKING -> {
                working.pause();
                return working::resume;
            }
            case TERMINATE_WORKING -> {
                working.terminate();
                return working::start;
            }
            case CUT_DATABASE -> {
                nodes.toDatabase(working.name()).hang();
                return () -> nodes.toDatabase(working.name()).restore();
            }
        }
        throw new IllegalStateException(kind.text);
    }

    /** How often what was done. */
    Map<String, Integer> counts() {
        return counts;
    }
}
