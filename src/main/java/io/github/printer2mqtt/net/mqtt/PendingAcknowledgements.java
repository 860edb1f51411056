package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.net.mqtt.client.PublishFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was sent on a connection and not yet acknowledged. Belongs to one context. */
final class PendingAcknowledgements {
    private final Context context;

    /** With the monotonic time in nanoseconds at which each was sent, oldest first. */
    private final Map<Promise<Void>, Long> pending = new LinkedHashMap<>();

    private final Queue<Runnable> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean drainScheduled = new AtomicBoolean();

    PendingAcknowledgements(Context context) {
        this.context = context;
    }

    /**
     * Sends something and gives the future of its acknowledgement.
     *
     * @param sender called at once; passes the outcome on from any thread, null for an acknowledgement
     */
    Future<Void> send(Consumer<Consumer<@Nullable PublishFailure>> sender) {
        Promise<Void> promise = Promise.promise();
        Outcome outcome = new Outcome(promise);
        pending.put(promise, System.nanoTime());
        sender.accept(outcome);
        outcome.sending = false;
        return promise.future();
    }

    /** Whether the oldest has waited longer than a time. */
    boolean isOverdue(Duration limit) {
        return !pending.isEmpty()
                && System.nanoTime() - pending.values().iterator().next() > limit.toNanos();
    }

    /** One task for all that arrived meanwhile: acknowledgements of a batch come close together. */
    private void completeArrived() {
        drainScheduled.set(false);
        for (Runnable outcome = arrived.poll(); outcome != null; outcome = arrived.poll()) {
            outcome.run();
        }
    }

    void failAll(PublishFailure failure) {
        List<Promise<Void>> promises = new ArrayList<>(pending.keySet());
        pending.clear();
        promises.forEach(promise -> promise.tryFail(failure));
    }

    /** Moves an outcome from Paho's thread to the context; one that arrives during the call itself is taken at once. */
    private final class Outcome implements Consumer<@Nullable PublishFailure> {
        private final Promise<Void> promise;
        private final Thread sender = Thread.currentThread();
        private volatile boolean sending = true;

        Outcome(Promise<Void> promise) {
            this.promise = promise;
        }

        @Override
        public void accept(@Nullable PublishFailure failure) {
            if (sending && Thread.currentThread() == sender) {
                complete(failure);
                return;
            }
            arrived.add(() -> complete(failure));
            if (drainScheduled.compareAndSet(false, true)) {
                context.runOnContext(v -> completeArrived());
            }
        }

        private void complete(@Nullable PublishFailure failure) {
            pending.remove(promise);
            if (failure == null) {
                promise.tryComplete();
            } else {
                promise.tryFail(failure);
            }
        }
    }
}
