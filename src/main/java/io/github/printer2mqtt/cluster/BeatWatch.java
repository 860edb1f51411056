package io.github.printer2mqtt.cluster;

import io.github.printer2mqtt.cluster.LeaseStore.Member;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when the beat of each node has stood still, as seen by this process. Only time in which the database was read counts:
 * what happened while it was not is unknown. Not thread-safe.
 */
final class BeatWatch {
    /** Longer pauses between two views prove nothing about what happened in between. */
    private final Duration longestGap;

    private final Duration lease;
    private final Map<String, Seen> seen = new HashMap<>();
    private Clocks.@Nullable Moment last;

    private record Seen(Member member, Clocks.Moment since) {}

    BeatWatch(Duration lease, Duration longestGap) {
        this.lease = lease;
        this.longestGap = longestGap;
    }

    /**
     * Notes a view.
     *
     * @param sent when it was requested
     * @param received when it arrived
     * @return the nodes whose beat has stood still for a whole lease
     */
    List<Member> silent(List<Member> nodes, Clocks.Moment sent, Clocks.Moment received) {
        Clocks.Moment before = last;
        if (before == null || received.isAtLeastAfter(before, longestGap)) {
            seen.clear();
        }
        last = received;
        seen.keySet().retainAll(nodes.stream().map(Member::name).toList());
        for (Member member : nodes) {
            Seen known = seen.get(member.name());
            if (known == null || !known.member.equals(member)) {
                seen.put(member.name(), new Seen(member, received));
            }
        }
        return nodes.stream()
                .filter(member -> sent.isSurelyAfter(since(member), lease))
                .toList();
    }

    private Clocks.Moment since(Member member) {
        Seen known = seen.get(member.name());
        if (known == null) {
            throw new IllegalStateException(member.name() + " was not noted");
        }
        return known.since;
    }

    /** When the beat of a node changed last, as far as known; null for one that is not in the newest view. */
    Clocks.@Nullable Moment changed(String node) {
        Seen known = seen.get(node);
        return known == null ? null : known.since;
    }
}
