package io.github.printer2mqtt.net.mqtt;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was sent on a connection and not yet acknowledged. Belongs to one context. */
final class PendingAcknowledgements {
    private final Context context;

    /** With the monotonic time in nanoseconds at which each was sent, oldest first. */
    private final Map<Promise<Void>, Long> pending = new LinkedHashMap<>();

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
            } else {
                context.runOnContext(v -> complete(failure));
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
