package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.json.WallDocument;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.Status;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message of the journal, from which each client is sent what its filter includes. Immutable. */
sealed interface StreamMessage {
    /** Its place in the journal. */
    long sequence();

    /** The version of the fleet with which it was recorded; never falls from one message to the next. */
    long version();

    /**
     * What is sent to clients with a view; null if it does not concern them. A printer may be removed that a client does not
     * have, which it ignores.
     */
    @Nullable Event eventFor(StreamView view);

    /**
     * One event of the stream.
     *
     * @param name released: {@code change}, {@code removed}, {@code event} or {@code alert}
     * @param data JSON without line breaks
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Event(String name, byte[] data) {}

    /**
     * The newest change of a printer: it changed, was registered, or was removed.
     *
     * @param document null if the printer was removed
     * @param before the status with the message before this one; null if there was no such printer
     * @param shownSince the message since which a wall screen shows the printer as it is now
     */
    record PrinterChange(
            long sequence,
            long version,
            PrinterKey printer,
            @Nullable StatusDocument document,
            @Nullable Status before,
            long shownSince)
            implements StreamMessage {

        /** A printer as it is when the journal starts. */
        static PrinterChange baseline(long sequence, long version, StatusDocument document) {
            Status status = document.status();
            return new PrinterChange(sequence, version, status.key(), document, status, sequence);
        }

        /** The change after this one. A removal that is followed by a registration is left out of the comparison. */
        PrinterChange next(long nextSequence, long nextVersion, @Nullable StatusDocument next) {
            Status known = status();
            boolean isShownAlike = known != null && next != null && WallDocument.isShownAlike(known, next.status());
            return new PrinterChange(
                    nextSequence,
                    nextVersion,
                    printer,
                    next,
                    document == null ? before : known,
                    isShownAlike ? shownSince : nextSequence);
        }

        /** What has to be kept of this change after the next one; null if no filter can tell it from the message before. */
        @Nullable Transition superseded() {
            Status after = status();
            return before == null || after == null || looksTheSame(before, after)
                    ? null
                    : new Transition(sequence, version, printer, before, after);
        }

        /** The status; null if the printer was removed. */
        @Nullable Status status() {
            return document == null ? null : document.status();
        }

        @Override
        public @Nullable Event eventFor(StreamView view) {
            if (document != null && view.includes(document.status())) {
                return new Event("change", view.encode(document));
            }
            return view.includes(before) ? removed(printer) : null;
        }

        private static boolean looksTheSame(Status one, Status other) {
            return one.state() == other.state()
                    && Objects.equals(one.group(), other.group())
                    && one.tags().equals(other.tags());
        }
    }

    /**
     * What is left of a change that was followed by another one: whether a printer left a filter. Without it, a client that
     * resumes between the two would keep a printer that its filter does not include any more.
     */
    record Transition(long sequence, long version, PrinterKey printer, Status before, Status after)
            implements StreamMessage {
        @Override
        public @Nullable Event eventFor(StreamView view) {
            return view.includes(before) && !view.includes(after) ? removed(printer) : null;
        }
    }

    /**
     * An event or an alert. Every client that stays connected gets each one.
     *
     * @param site of its printer; null for one of this bridge
     * @param group of its printer at that time; null if it had none
     * @param tags of its printer
     * @param alerted the status of the printer if this is an alert of a printer that exists; null otherwise
     */
    record Notice(
            long sequence,
            long version,
            Event event,
            @Nullable String site,
            @Nullable String group,
            List<String> tags,
            @Nullable Status alerted)
            implements StreamMessage {
        @Override
        public @Nullable Event eventFor(StreamView view) {
            return view.noticeEvent(this);
        }
    }

    private static Event removed(PrinterKey printer) {
        return new Event("removed", PrinterDocuments.removed(printer));
    }
}
