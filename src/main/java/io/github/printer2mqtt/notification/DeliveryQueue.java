package io.github.printer2mqtt.notification;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.net.http.ApiClient;
import io.github.printer2mqtt.notification.NotificationMetrics.Result;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications that wait for one receiver, sent one after the other in order. What fails is sent again with a growing
 * delay; what waits too long, or is too much, is dropped, and so is everything after the loss of the ownership. Belongs to
 * one event loop.
 */
final class DeliveryQueue {
    /** Notifications that may wait. */
    static final int CAPACITY = 1_000;

    static final Duration MAX_AGE = Duration.ofHours(1);
    static final Duration FIRST_DELAY = Duration.ofSeconds(2);
    static final Duration MAX_DELAY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryQueue.class);

    private final String receiver;
    private final Function<Notification, Future<ApiClient.Response>> sender;
    private final Timers timers;
    private final NotificationMetrics metrics;
    private final Ownership ownership;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private Duration delay = FIRST_DELAY;
    private boolean isFailing;
    private boolean isBusy;
    private boolean isStopped;
    private Timers.@Nullable Timer retry;

    DeliveryQueue(
            String receiver,
            Function<Notification, Future<ApiClient.Response>> sender,
            Timers timers,
            NotificationMetrics metrics,
            Ownership ownership) {
        this.receiver = receiver;
        this.sender = sender;
        this.timers = timers;
        this.metrics = metrics;
        this.ownership = ownership;
    }

    private record Entry(Notification notification, long addedAtNanos) {}

    /** Adds a notification; the oldest is dropped if too many wait. */
    void add(Notification notification) {
        if (waiting.size() >= CAPACITY) {
            waiting.removeFirst();
            metrics.count(receiver, Result.DROPPED);
        }
        waiting.addLast(new Entry(notification, timers.nanos()));
        sendNext();
    }

    /** Drops what waits. A request that is running ends by itself and is not repeated. */
    void stop() {
        isStopped = true;
        waiting.clear();
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }

    private void sendNext() {
        if (isBusy || retry != null) {
            return;
        }
        if (!ownership.isHeld()) {
            waiting.clear();
            return;
        }
        dropOldEntries();
        Entry next = waiting.pollFirst();
        if (next == null) {
            return;
        }
        isBusy = true;
        sender.apply(next.notification()).onComplete(done -> {
            isBusy = false;
            if (isStopped) {
                return;
            }
            if (done.failed()) {
                repeat(next, String.valueOf(done.cause().getMessage()));
            } else {
                onResponse(next, done.result().status());
            }
        });
    }

    private void onResponse(Entry entry, int status) {
        if (status == 408 || status == 429 || status >= 500) {
            repeat(entry, "it answers with status " + status);
            return;
        }
        boolean isDelivered = status >= 200 && status < 300;
        metrics.count(receiver, isDelivered ? Result.DELIVERED : Result.REJECTED);
        if (isDelivered) {
            if (isFailing) {
                LOG.info("notifications reach {} again", receiver);
            }
            isFailing = false;
        } else {
            warn("it answers with status " + status);
        }
        delay = FIRST_DELAY;
        sendNext();
    }

    private void repeat(Entry entry, String why) {
        warn(why);
        metrics.count(receiver, Result.RETRIED);
        if (waiting.size() < CAPACITY) {
            waiting.addFirst(entry);
        } else {
            metrics.count(receiver, Result.DROPPED);
        }
        retry = timers.after(delay, () -> {
            retry = null;
            sendNext();
        });
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : doubled;
    }

    private void dropOldEntries() {
        while (!waiting.isEmpty() && timers.nanos() - waiting.getFirst().addedAtNanos() >= MAX_AGE.toNanos()) {
            waiting.removeFirst();
            metrics.count(receiver, Result.DROPPED);
        }
    }

    /** Logs the first of several failures in a row. */
    private void warn(String why) {
        if (!isFailing) {
            LOG.warn("notifications do not reach {}: {}", receiver, why);
        }
        isFailing = true;
    }
}
