package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Between the fleet and one consumer on another loop: the ids of printers that changed, bounded by the fleet, and a
 * bounded queue of events whose drops are counted. The consumer is nudged when there was nothing and now is something;
 * it drains and reads the newest statuses from the snapshot.
 *
 * <p>Safe for every thread; guarded by itself.
 */
public final class ChangeQueue implements FleetListener {
    private final Runnable wakeUp;
    private final int eventCapacity;
    private final Set<PrinterId> dirty = new LinkedHashSet<>();
    private final Deque<PrinterEvent> events = new ArrayDeque<>();
    private boolean nudged;
    private long droppedEvents;

    /**
     * @param wakeUp called on the fleet's context; must return at once
     * @param eventCapacity events kept before the oldest is dropped
     */
    public ChangeQueue(Runnable wakeUp, int eventCapacity) {
        this.wakeUp = wakeUp;
        this.eventCapacity = eventCapacity;
    }

    /**
     * What waited in the inbox.
     *
     * @param dirty printers that were registered, changed or removed, each once
     * @param events in the order they happened
     */
    public record Content(Set<PrinterId> dirty, List<PrinterEvent> events) {}

    /** Takes everything out; the next arrival nudges again. */
    public synchronized Content drain() {
        Content content = new Content(new LinkedHashSet<>(dirty), new ArrayList<>(events));
        dirty.clear();
        events.clear();
        nudged = false;
        return content;
    }

    /** Events lost since start because the consumer was too slow. */
    public synchronized long droppedEvents() {
        return droppedEvents;
    }

    @Override
    public void onRegistered(Printer printer) {
        mark(printer.id());
    }

    @Override
    public void onRemoved(PrinterId printer) {
        mark(printer);
    }

    @Override
    public void onChange(Status.Change change) {
        mark(change.after().id());
    }

    @Override
    public void onEvent(PrinterEvent event) {
        boolean first;
        synchronized (this) {
            if (events.size() >= eventCapacity) {
                events.removeFirst();
                droppedEvents++;
            }
            events.addLast(event);
            first = !nudged;
            nudged = true;
        }
        if (first) {
            wakeUp();
        }
    }

    private void mark(PrinterId printer) {
        boolean first;
        synchronized (this) {
            dirty.add(printer);
            first = !nudged;
            nudged = true;
        }
        if (first) {
            wakeUp();
        }
    }

    /** Where the consumer could not be nudged, the next arrival does it again. */
    private void wakeUp() {
        try {
            wakeUp.run();
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                nudged = false;
            }
            throw e;
        }
    }
}
