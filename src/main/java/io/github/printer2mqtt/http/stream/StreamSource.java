package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.http.stream.StreamMessage.Event;
import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Follows the fleet and has what each client is to be sent. Belongs to the event loop of the stream. */
final class StreamSource {
    private static final int EVENT_CAPACITY = 1000;

    private final FleetView fleet;
    private final ChangeQueue changes;
    private final StreamIds ids;
    private final StreamJournal journal = new StreamJournal();
    private final StreamBatches batches;
    private final StreamSnapshots snapshots;

    /** The fleet with exactly the changes that are in the journal. */
    private FleetSnapshot snapshot;

    private boolean following;
    private long droppedEvents;

    /**
     * @param wakeUp called on any thread when there is something to {@link #drain}; must not block
     * @param startId differs at each start of the bridge
     */
    StreamSource(
            FleetView fleet, Runnable wakeUp, String startId, WorkerExecutor workers, LongSupplier monotonicNanos) {
        this.fleet = fleet;
        this.changes = new ChangeQueue(wakeUp, EVENT_CAPACITY);
        this.ids = new StreamIds(startId);
        this.batches = new StreamBatches(journal, ids);
        this.snapshots = new StreamSnapshots(journal, workers, monotonicNanos);
        this.snapshot = fleet.snapshot();
    }

    /** Lets the fleet collect changes; until {@link #follow} they cost nothing but a set of ids. */
    void start() {
        fleet.addListener(changes);
    }

    /** Starts to keep what happens, unless it does already. */
    void follow() {
        if (!following) {
            following = true;
            drainQueue();
            droppedEvents = changes.droppedEvents();
            journal.start(snapshot);
            batches.clear();
        }
    }

    /** Releases the memory. Clients that come back later need a snapshot. */
    void unfollow() {
        following = false;
        journal.stop();
        batches.clear();
    }

    boolean isFollowing() {
        return following;
    }

    /** Whether {@link #drain} would find something. */
    boolean hasContent() {
        return changes.hasContent();
    }

    /** Takes over everything that has happened since the last call. */
    void drain() {
        if (!following) {
            return;
        }
        ChangeQueue.Content content = drainQueue();
        long version = snapshot.version();
        for (PrinterId printer : content.changed()) {
            journal.change(printer, snapshot.find(printer), version);
        }
        for (PrinterEvent event : content.events()) {
            journal.notice(event, version);
        }
        if (changes.droppedEvents() != droppedEvents) {
            droppedEvents = changes.droppedEvents();
            journal.loseAll();
        }
        batches.clear();
    }

    /** Adds an alert that opened or cleared. */
    void add(Alert.Change change) {
        if (following) {
            Event event = new Event("alert", PrinterDocuments.alertChange(change));
            journal.notice(change.alert().printer(), event, snapshot.version());
            batches.clear();
        }
    }

    private ChangeQueue.Content drainQueue() {
        return fleet.whileUnchanged(() -> {
            snapshot = fleet.snapshot();
            return changes.drain();
        });
    }

    /** The number of the newest message. */
    long last() {
        return journal.last();
    }

    /** Where a client goes on that has seen this id; null if it needs a snapshot. */
    @Nullable Long resume(@Nullable String lastEventId, StreamView view) {
        Long seen = ids.sequence(lastEventId, view);
        return seen != null && journal.canResume(seen) ? seen : null;
    }

    /** Whether a client at this position needs a snapshot. */
    boolean hasLost(long seen) {
        return journal.hasLost(seen);
    }

    /** As {@link StreamBatches#after}. */
    StreamBatches.Batch after(long seen, StreamView view, long noticesAfter) {
        return batches.after(seen, view, noticesAfter);
    }

    /** A list from which a client can go on. */
    Future<StreamSnapshots.Prepared> snapshot(StreamView view) {
        return snapshots.current(view, snapshot);
    }

    /** What precedes the list of a snapshot. */
    Buffer snapshotHead(StreamSnapshots.Prepared list, StreamView view) {
        return EventText.head(ids.text(list.version(), list.sequence(), view), "snapshot");
    }

    /** Releases lists that are not shared any more; to be called every few seconds. */
    void dropOldSnapshots() {
        snapshots.dropOld();
    }
}
