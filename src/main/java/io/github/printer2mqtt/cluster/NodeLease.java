package io.github.printer2mqtt.cluster;

import io.github.printer2mqtt.cluster.LeaseStore.Member;
import io.github.printer2mqtt.cluster.LeaseStore.View;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, with the other nodes at the same database, which of them works. Each node counts a beat up. One whose beat stands
 * still for a lease, by the clocks of the node that watches, is removed, and the lease is claimed under the next epoch. The
 * holder gives up earlier by itself: a margin before a lease has passed since it sent its last beat that was confirmed.
 *
 * <p>Belongs to one event loop; the public methods are thread-safe.
 */
public final class NodeLease {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
    private static final int BEATS_PER_LEASE = 5;
    private static final Duration SHORTEST_MARGIN = Duration.ofSeconds(1);
    private static final long CHECK_MILLIS = 100;
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Context context;
    private final LeaseStore store;
    private final Duration lease;
    private final Duration validity;
    private final Duration interval;
    private final Clocks clocks;
    private final BeatWatch watch;
    private volatile Node node;
    private final Promise<Void> joined = Promise.promise();
    private volatile Promise<Hold> next = Promise.promise();
    private volatile List<NodeStatus> nodes = List.of();
    private @Nullable Hold hold;
    private boolean inFlight;
    private boolean wasMember;
    private boolean closed;
    private @Nullable String failing;
    private @Nullable String announced;

    /** @param lease how long a node may be silent before another takes over */
    public NodeLease(Vertx vertx, LeaseStore store, String name, String version, Duration lease) {
        this(vertx, store, Node.of(name, version), lease, lease.minus(margin(lease)), Clocks.system());
    }

    /** @param validity how long a hold lasts after it was confirmed; less than the lease */
    NodeLease(Vertx vertx, LeaseStore store, Node node, Duration lease, Duration validity, Clocks clocks) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.store = store;
        this.node = node;
        this.lease = lease;
        this.validity = validity;
        this.interval = lease.dividedBy(BEATS_PER_LEASE);
        this.clocks = clocks;
        this.watch = new BeatWatch(lease, lease.dividedBy(2));
    }

    /** How long before the end of the lease its holder stops, so that the clocks of two nodes may differ a little. */
    static Duration margin(Duration lease) {
        return Collections.max(List.of(SHORTEST_MARGIN, lease.dividedBy(BEATS_PER_LEASE)));
    }

    /** Begins to take part. */
    public void start() {
        context.runOnContext(now -> {
            vertx.setPeriodic(0, interval.toMillis(), tick -> beat());
            vertx.setPeriodic(CHECK_MILLIS, tick -> check());
        });
    }

    /**
     * Completes when it is decided for the first time whether this node has the lease.
     */
    public Future<Void> joined() {
        return joined.future();
    }

    /** Completes when this node has the lease the next time; at once while it has it. */
    public Future<Hold> hold() {
        return next.future();
    }

    /** All nodes, as last read from the database. */
    public List<NodeStatus> nodes() {
        return nodes;
    }

    /** Gives the lease back, so that another node can take it at once. Call it when nothing works under it any more. */
    public Future<Void> leave() {
        Promise<Void> left = Promise.promise();
        context.runOnContext(now -> {
            closed = true;
            end("this node leaves");
            store.leave(node)
                    .timeout(LEAVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(failure -> LOG.warn(
                            "the lease could not be given back, so others wait until it ends: {}",
                            failure.getMessage()))
                    .transform((done, failure) -> store.close())
                    .onComplete(left);
        });
        return left.future();
    }

    /** Asks the database once; called by a timer. */
    Future<Void> beat() {
        if (inFlight || closed) {
            return Future.succeededFuture();
        }
        inFlight = true;
        Clocks.Moment sent = clocks.now();
        return store.beat(node)
                .compose(view -> onView(view, sent))
                .onComplete((done, failure) -> {
                    inFlight = false;
                    noteFailure(failure);
                    if (failure == null) {
                        joined.tryComplete();
                    }
                })
                .otherwiseEmpty();
    }

    /** Ends a hold that was not confirmed in time; called by a timer. */
    void check() {
        Hold current = hold;
        if (current != null) {
            current.endIfOverdue();
            if (!current.isHeld()) {
                forget();
            }
        }
    }

    private Future<Void> onView(View view, Clocks.Moment sent) {
        Clocks.Moment received = clocks.now();
        List<Member> silent = watch.silent(view.nodes(), sent, received);
        nodes = statuses(view, received);
        if (closed) {
            return Future.succeededFuture();
        }
        if (!view.isMember()) {
            return evictAll(silent).compose(evicted -> rejoin(view));
        }
        wasMember = true;
        confirm(view, sent);
        announce(view);
        List<Member> others =
                silent.stream().filter(each -> !each.name().equals(node.name())).toList();
        return evictAll(others).compose(evicted -> claimIfFree(view, others, sent));
    }

    private void confirm(View view, Clocks.Moment sent) {
        check();
        Hold current = hold;
        if (current == null) {
            return;
        }
        Ownership.Holder term = current.holder();
        if (view.isHeldBy(node) && term != null && term.epoch() == view.epoch()) {
            current.confirm(sent);
        } else {
            end("another node has the lease");
        }
    }

    /** Others took this node for dead, or it has just started. */
    private Future<Void> rejoin(View view) {
        if (wasMember) {
            wasMember = false;
            node = node.reborn();
            end("another node took this one for dead");
        }
        Member namesake = view.find(node.name());
        if (namesake != null) {
            note("a process with the name " + node.name()
                    + " is among the nodes; if it has just ended, this one joins when its lease ends");
            return Future.succeededFuture();
        }
        return store.join(node).compose(joined -> {
            inFlight = false;
            return beat();
        });
    }

    private Future<Void> evictAll(List<Member> silent) {
        Future<Void> evicted = Future.succeededFuture();
        for (Member member : silent) {
            evicted = evicted.compose(before -> {
                LOG.warn("node {} has been silent for {} s and is removed", member.name(), lease.toSeconds());
                return store.evict(member);
            });
        }
        return evicted;
    }

    private Future<Void> claimIfFree(View view, List<Member> evicted, Clocks.Moment sent) {
        Member holder = view.holder();
        boolean isFree = holder == null || evicted.contains(holder) || view.isHeldBy(node);
        if (hold != null || !isFree) {
            return Future.succeededFuture();
        }
        return store.claim(node, view.epoch()).map(epoch -> {
            if (epoch != null && !closed) {
                onClaimed(epoch, sent);
            }
            return null;
        });
    }

    private void onClaimed(long epoch, Clocks.Moment sent) {
        Hold claimed = new Hold(new Ownership.Holder(node.name(), epoch), validity, clocks, sent, this::nodes);
        if (claimed.isHeld()) {
            hold = claimed;
            nodes = nodes.stream().map(this::afterClaim).toList();
            note("node " + node.name() + " works from now on (epoch " + epoch + ")");
            next.complete(claimed);
        }
    }

    private NodeStatus afterClaim(NodeStatus each) {
        return new NodeStatus(
                each.name(), each.name().equals(node.name()), each.version(), each.startedAt(), each.silence());
    }

    private void end(String reason) {
        Hold current = hold;
        if (current != null) {
            current.end(reason);
            forget();
        }
    }

    private void forget() {
        hold = null;
        next = Promise.promise();
    }

    private void announce(View view) {
        Member holder = view.holder();
        if (hold == null && holder != null && !view.isHeldBy(node)) {
            note("node " + node.name() + " stands by; " + holder.name() + " works");
        }
    }

    private void note(String line) {
        if (!line.equals(announced)) {
            announced = line;
            LOG.info(line);
        }
    }

    private List<NodeStatus> statuses(View view, Clocks.Moment now) {
        Member holder = view.holder();
        return view.nodes().stream()
                .map(each -> new NodeStatus(
                        each.name(), each.equals(holder), each.version(), each.startedAt(), silence(each, now)))
                .toList();
    }

    private Duration silence(Member member, Clocks.Moment now) {
        Clocks.Moment changed = watch.changed(member.name());
        return changed == null ? Duration.ZERO : now.since(changed);
    }

    private void noteFailure(@Nullable Throwable failure) {
        if (failure != null && failing == null) {
            failing = String.valueOf(failure.getMessage());
            LOG.warn("the lease cannot be confirmed: {}", failing);
        } else if (failure == null && failing != null) {
            failing = null;
            LOG.info("the database answers again");
        }
    }
}
