package io.github.printer2mqtt.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lease in the hands of this node, for as long as the database confirms it. It ends by this process's own clocks before
 * others may take it over, also if nothing can be asked any more. Thread-safe.
 */
public final class Hold implements Ownership {
    /** The lease, a start, and as much again. */
    private static final int SUCCESSION = 4;

    private final Holder holder;
    private final Duration validity;
    private final Clocks clocks;
    private final Supplier<List<NodeStatus>> nodes;
    private final Promise<String> ended = Promise.promise();
    private volatile Clocks.Moment confirmed;
    private volatile boolean lost;

    /**
     * @param validity after the last confirmation
     * @param confirmed when the request was sent whose answer showed that this node lives
     */
    Hold(Holder holder, Duration validity, Clocks clocks, Clocks.Moment confirmed, Supplier<List<NodeStatus>> nodes) {
        this.holder = holder;
        this.validity = validity;
        this.clocks = clocks;
        this.confirmed = confirmed;
        this.nodes = nodes;
    }

    /** Has no effect on one that has ended. */
    void confirm(Clocks.Moment sent) {
        confirmed = sent;
    }

    @Override
    public boolean isHeld() {
        if (!lost && clocks.now().isAtLeastAfter(confirmed, validity)) {
            lost = true;
        }
        return !lost;
    }

    @Override
    public @Nullable Holder holder() {
        return holder;
    }

    @Override
    public Duration timeToSuccessor() {
        return validity.multipliedBy(SUCCESSION);
    }

    @Override
    public List<NodeStatus> nodes() {
        return nodes.get();
    }

    void end(String reason) {
        lost = true;
        ended.tryComplete(reason);
    }

    void endIfOverdue() {
        if (!isHeld()) {
            end("the database did not confirm the lease for " + TimeUnit.MILLISECONDS.toSeconds(validity.toMillis())
                    + " s");
        }
    }

    /** Completes with the reason when the lease has ended, a tenth of a second after {@link #isHeld} says so at the latest. */
    public Future<String> ended() {
        return ended.future();
    }
}
