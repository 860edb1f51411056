package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.http.stream.StreamMessage.Event;
import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Follows the fleet and has what each client is to be sent. Belongs to the event loop of the stream. */
final class StreamSource {
    private static final int EVENT_CAPACITY = 1000;

    private final CombinedFleet fleet;

    /** One for each part of the fleet. */
    private final List<ChangeQueue> changes;

    private final StreamIds ids;
    private final StreamJournal journal = new StreamJournal();
    private final StreamBatches batches;
    private final StreamSnapshots snapshots;

    /** The fleet with exactly the changes that are in the journal. */
    private CombinedFleet.Snapshot snapshot;

    private boolean following;
    private long droppedEvents;

    /**
     * @param wakeUp called on any thread when there is something to {@link #drain}; must not block
     * @param startId differs at each start of the bridge
     */
    StreamSource(
            CombinedFleet fleet, Runnable wakeUp, String startId, WorkerExecutor workers, LongSupplier monotonicNanos) {
        this.fleet = fleet;
        this.changes = fleet.parts().stream()
                .map(part -> new ChangeQueue(wakeUp, EVENT_CAPACITY))
                .toList();
        this.ids = new StreamIds(startId);
        this.batches = new StreamBatches(journal, ids);
        this.snapshots = new StreamSnapshots(journal, workers, monotonicNanos);
        this.snapshot = fleet.snapshot();
    }

    /** Lets the fleet collect changes; until {@link #follow} they cost nothing but a set of ids. */
    void start() {
        for (int i = 0; i < changes.size(); i++) {
            fleet.parts().get(i).fleet().addListener(changes.get(i));
        }
    }

    /** Starts to keep what happens, unless it does already. */
    void follow() {
        if (!following) {
            following = true;
            drainQueues();
            droppedEvents = droppedEvents();
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
        return changes.stream().anyMatch(ChangeQueue::hasContent);
    }

    /** Takes over everything that has happened since the last call. */
    void drain() {
        if (!following) {
            return;
        }
        List<ChangeQueue.Content> contents = drainQueues();
        long version = snapshot.version();
        for (int i = 0; i < contents.size(); i++) {
            String site = fleet.parts().get(i).site();
            for (PrinterId printer : contents.get(i).changed()) {
                journal.change(
                        new PrinterKey(site, printer), snapshot.parts().get(i).find(printer), version);
            }
            for (PrinterEvent event : contents.get(i).events()) {
                journal.notice(site, event, version);
            }
        }
        long dropped = droppedEvents();
        if (dropped != droppedEvents) {
            droppedEvents = dropped;
            journal.loseAll();
        }
        batches.clear();
    }

    /** Adds an alert that opened or cleared. */
    void add(Alert.Change change) {
        if (following) {
            Event event = new Event("alert", PrinterDocuments.alertChange(change));
            journal.notice(change.alert().key(), event, snapshot.version());
            batches.clear();
        }
    }

    private long droppedEvents() {
        return changes.stream().mapToLong(ChangeQueue::droppedEvents).sum();
    }

    /** Of each part the snapshot with exactly the changes of its queue. */
    private List<ChangeQueue.Content> drainQueues() {
        List<FleetSnapshot> snapshots = new ArrayList<>();
        List<ChangeQueue.Content> contents = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            FleetView part = fleet.parts().get(i).fleet();
            ChangeQueue queue = changes.get(i);
            contents.add(part.whileUnchanged(() -> {
                snapshots.add(part.snapshot());
                return queue.drain();
            }));
        }
        snapshot = new CombinedFleet.Snapshot(snapshots);
        return contents;
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
