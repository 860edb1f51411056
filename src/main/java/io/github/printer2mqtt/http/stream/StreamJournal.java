package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.http.stream.StreamMessage.Event;
import io.github.printer2mqtt.http.stream.StreamMessage.Notice;
import io.github.printer2mqtt.http.stream.StreamMessage.PrinterChange;
import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.Status;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened last in the fleet, in order, once for all clients: a client needs only the number of the last message that it
 * has seen. Of each printer the newest change is kept, of earlier ones only that the printer may have left a filter, and of
 * events, alerts and removals the last {@link #MAX_NOTICES}; so the size of the journal is bounded, however far a client is
 * behind. Not thread-safe.
 */
final class StreamJournal {
    static final int MAX_NOTICES = 1000;

    /** So that the start of a large fleet, in which every printer changes at once, loses nothing. */
    private static final int TRANSITIONS_PER_PRINTER = 2;

    private final NavigableMap<Long, StreamMessage> messages = new TreeMap<>();
    private final Map<PrinterKey, PrinterChange> printers = new HashMap<>();

    /** Events, alerts and removals; a removal may have been superseded meanwhile. */
    private final Deque<Long> limited = new ArrayDeque<>();

    /** Superseded changes that a filter can tell from the message before. */
    private final Deque<Long> transitions = new ArrayDeque<>();

    private long last;
    private long lost;

    /** Forgets everything and begins with a fleet; no earlier position is known any more. */
    void start(CombinedFleet.Snapshot snapshot) {
        stop();
        lost = ++last;
        for (StatusDocument document : snapshot.documents()) {
            printers.put(document.status().key(), PrinterChange.baseline(last, snapshot.version(), document));
        }
    }

    /** Releases the memory; {@link #start} must follow before anything is recorded. */
    void stop() {
        loseAll();
        printers.clear();
    }

    /** Drops all messages, so that every client needs a snapshot. */
    void loseAll() {
        messages.clear();
        limited.clear();
        transitions.clear();
        lost = ++last;
    }

    /**
     * Records a change.
     *
     * @param document null if the printer does not exist any more
     * @param version of the snapshot with the document
     */
    void change(PrinterKey printer, @Nullable StatusDocument document, long version) {
        PrinterChange known = printers.get(printer);
        if (known == null && document == null) {
            return;
        }
        long sequence = ++last;
        if (known != null) {
            supersede(known);
        }
        PrinterChange change = known == null
                ? new PrinterChange(sequence, version, printer, document, null, sequence)
                : known.next(sequence, version, document);
        messages.put(sequence, change);
        printers.put(printer, change);
        if (document == null) {
            limit(sequence);
        }
    }

    private void supersede(PrinterChange change) {
        messages.remove(change.sequence());
        StreamMessage.Transition transition = change.superseded();
        if (transition != null) {
            messages.put(transition.sequence(), transition);
            transitions.add(transition.sequence());
            while (transitions.size() > Math.max(MAX_NOTICES, TRANSITIONS_PER_PRINTER * printers.size())) {
                lose(transitions.remove());
            }
        }
    }

    /**
     * Records an event of a printer.
     *
     * @param site null for a printer of this bridge
     */
    void notice(@Nullable String site, PrinterEvent event, long version) {
        Event sent = new Event("event", PrinterDocuments.event(site, event));
        Status status = lastStatus(new PrinterKey(site, event.printer()));
        long sequence = ++last;
        add(new Notice(sequence, version, sent, site, event.group(), tags(status), null));
    }

    /** Records an alert of a printer, with the group that it was in last. */
    void notice(PrinterKey printer, Event alert, long version) {
        Status status = lastStatus(printer);
        PrinterChange known = printers.get(printer);
        String group = status == null ? null : status.group();
        long sequence = ++last;
        Status alerted = known == null ? null : known.status();
        add(new Notice(sequence, version, alert, printer.site(), group, tags(status), alerted));
    }

    private void add(Notice notice) {
        messages.put(notice.sequence(), notice);
        limit(notice.sequence());
    }

    private static List<String> tags(@Nullable Status status) {
        return status == null ? List.of() : status.tags();
    }

    /** Also of a printer that was just removed. */
    private @Nullable Status lastStatus(PrinterKey printer) {
        PrinterChange known = printers.get(printer);
        if (known == null) {
            return null;
        }
        return known.document() == null ? known.before() : known.status();
    }

    private void limit(long sequence) {
        limited.add(sequence);
        while (limited.size() > MAX_NOTICES) {
            if (lose(limited.remove()) instanceof PrinterChange removal) {
                printers.remove(removal.printer());
            }
        }
    }

    /** Drops a message; null if another one superseded it. */
    private @Nullable StreamMessage lose(long sequence) {
        StreamMessage dropped = messages.remove(sequence);
        if (dropped != null) {
            lost = Math.max(lost, sequence);
        }
        return dropped;
    }

    /** The number of the newest message. */
    long last() {
        return last;
    }

    /** Whether messages after this one have been dropped that a client may need. */
    boolean hasLost(long seen) {
        return seen < lost;
    }

    /** Whether a client that has seen everything up to this message can go on from there. */
    boolean canResume(long seen) {
        return !hasLost(seen) && seen <= last;
    }

    /** The messages after one, in order. */
    Collection<StreamMessage> after(long seen) {
        return messages.tailMap(seen, false).values();
    }
}
