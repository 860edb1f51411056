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
 * Passes changes from the fleet to one consumer on another loop: the ids of changed printers, at most one entry each, and a
 * bounded queue of events whose drops are counted. The consumer drains the queue and reads the newest statuses from the
 * snapshot. It is woken for everything but numbers such as temperatures and progress; those it looks for regularly, since
 * waking it for each of a thousand printers would cost more than its work.
 *
 * <p>Thread-safe; guarded by itself.
 */
public final class ChangeQueue implements FleetListener {
    private final Runnable wakeUp;
    private final int eventCapacity;
    private final Set<PrinterId> changed = new LinkedHashSet<>();
    private final Deque<PrinterEvent> events = new ArrayDeque<>();
    private boolean wakeUpPending;
    private long droppedEvents;

    /**
     * @param wakeUp called under the lock of the fleet; must not block
     * @param eventCapacity events kept before the oldest is dropped
     */
    public ChangeQueue(Runnable wakeUp, int eventCapacity) {
        this.wakeUp = wakeUp;
        this.eventCapacity = eventCapacity;
    }

    /**
     * What the queue held.
     *
     * @param changed printers that were registered, changed or removed, each once
     * @param events in the order they happened
     */
    public record Content(Set<PrinterId> changed, List<PrinterEvent> events) {}

    /** Whether there is anything to drain. */
    public synchronized boolean hasContent() {
        return !changed.isEmpty() || !events.isEmpty();
    }

    /** Takes everything out; the next arrival wakes the consumer again. */
    public synchronized Content drain() {
        Content content = new Content(new LinkedHashSet<>(changed), new ArrayList<>(events));
        changed.clear();
        events.clear();
        wakeUpPending = false;
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
        Status before = change.before();
        if (before != null && ChangeFilter.differsInNumbersOnly(before, change.after())) {
            synchronized (this) {
                changed.add(change.after().id());
            }
        } else {
            mark(change.after().id());
        }
    }

    @Override
    public void onEvent(PrinterEvent event) {
        add(() -> {
            if (events.size() >= eventCapacity) {
                events.removeFirst();
                droppedEvents++;
            }
            events.addLast(event);
        });
    }

    private void mark(PrinterId printer) {
        add(() -> changed.add(printer));
    }

    private void add(Runnable entry) {
        boolean first;
        synchronized (this) {
            entry.run();
            first = !wakeUpPending;
            wakeUpPending = true;
        }
        if (first) {
            wakeUp();
        }
    }

    /** If this fails, the next arrival tries again. */
    private void wakeUp() {
        try {
            wakeUp.run();
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                wakeUpPending = false;
            }
            throw e;
        }
    }
}
