package io.github.printer2mqtt.cluster;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes and the lease are kept. Each method is one statement, which takes effect as a whole or not at all, however
 * late it arrives. Futures fail if whether it took effect is unknown.
 */
public interface LeaseStore {
    /**
     * What was stored at one moment.
     *
     * @param isMember whether the node that asked is among the nodes, with its incarnation
     * @param owner the node that has the lease; null if it was given back
     * @param incarnation of the owner
     * @param epoch grows with each claim
     */
    record View(
            List<Member> nodes,
            boolean isMember,
            @Nullable String owner,
            @Nullable UUID incarnation,
            long epoch) {
        public View {
            nodes = List.copyOf(nodes);
        }

        /** Null if no node has the lease, or if that node was removed. */
        @Nullable Member holder() {
            return nodes.stream()
                    .filter(each ->
                            each.name().equals(owner) && each.incarnation().equals(incarnation))
                    .findFirst()
                    .orElse(null);
        }

        boolean isHeldBy(Node node) {
            return node.name().equals(owner) && node.incarnation().equals(incarnation);
        }

        @Nullable Member find(String name) {
            return nodes.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * A node as others see it.
     *
     * @param beat grows while it lives
     * @param startedAt by the clock of the database
     */
    record Member(String name, UUID incarnation, long beat, String version, Instant startedAt) {}

    /** Counts the beat of a node up, if it is a member, and returns what is stored then. */
    Future<View> beat(Node node);

    /** Makes a node a member, unless one of its name is. */
    Future<Void> join(Node node);

    /** Removes a node whose beat still is the one that was seen; it is none of the members from then on. */
    Future<Void> evict(Member seen);

    /**
     * Gives the lease to a member, if it has it already or nobody has it.
     *
     * @param seenEpoch that of the view which showed this
     * @return the new epoch; null if it was not given
     */
    Future<@Nullable Long> claim(Node node, long seenEpoch);

    /** Gives the lease back, if this node has it, and removes the node. */
    Future<Void> leave(Node node);

    Future<Void> close();
}
