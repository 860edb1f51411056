package io.github.printer2mqtt.cluster;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process may ask printers and publish for them. It is asked before every request to a printer, before an answer
 * counts, and before every message to the broker, so it is cheap. Thread-safe.
 */
public interface Ownership {
    /** Once false, it stays false. */
    boolean isHeld();

    /** Which node holds it; null for a bridge that shares its printers with no other. */
    @Nullable Holder holder();

    /** How long others should wait for a successor before they take the bridge for gone; zero if none can come. */
    default Duration timeToSuccessor() {
        return Duration.ZERO;
    }

    /** All nodes, this one included; empty for a bridge that shares its printers with no other. */
    default List<NodeStatus> nodes() {
        return List.of();
    }

    /**
     * One term of one node.
     *
     * @param node the configured name of the node
     * @param epoch larger than that of every term before, of whichever node
     */
    record Holder(String node, long epoch) {}

    /** That of a bridge which shares its printers with no other. */
    static Ownership alone() {
        return Alone.INSTANCE;
    }

    /** Nothing can take its printers away. */
    enum Alone implements Ownership {
        INSTANCE;

        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public @Nullable Holder holder() {
            return null;
        }
    }
}
