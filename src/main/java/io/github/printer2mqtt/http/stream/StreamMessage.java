package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message of the journal, from which each client is sent what its filter includes. Immutable. */
sealed interface StreamMessage {
    /** Its place in the journal. */
    long sequence();

    /** The version of the fleet with which it was recorded; never falls from one message to the next. */
    long version();

    /**
     * What is sent to a client.
     *
     * @param seen the last message that was considered for the client, before this one
     * @return null if the filter does not include it
     */
    @Nullable Event eventFor(StreamFilter filter, long seen);

    /**
     * One event of the stream.
     *
     * @param name released: {@code change}, {@code removed}, {@code event} or {@code alert}
     * @param data JSON without line breaks
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Event(String name, byte[] data) {}

    /**
     * A printer changed, was registered, or was removed. Only the newest change of a printer is kept, so it also says how the
     * printer looked to a filter before: a client may have last seen it then.
     *
     * @param document null if the printer was removed
     * @param since the message from which on state, group and tags have been those of the document
     * @param before the status before that; null if there was no such printer
     * @param beforeSince the message from which on state, group and tags were those of {@code before}
     */
    record PrinterChange(
            long sequence,
            long version,
            PrinterId printer,
            @Nullable StatusDocument document,
            long since,
            @Nullable Status before,
            long beforeSince)
            implements StreamMessage {

        /** A printer as it is when the journal starts. */
        static PrinterChange baseline(long sequence, long version, StatusDocument document) {
            return new PrinterChange(sequence, version, document.status().id(), document, sequence, null, sequence);
        }

        /** The change after this one. */
        PrinterChange next(long nextSequence, long nextVersion, @Nullable StatusDocument next) {
            boolean sameToFilters = next != null && document != null && looksTheSame(document.status(), next.status());
            return sameToFilters
                    ? new PrinterChange(nextSequence, nextVersion, printer, next, since, before, beforeSince)
                    : new PrinterChange(nextSequence, nextVersion, printer, next, nextSequence, status(), since);
        }

        /** The status; null if the printer was removed. */
        @Nullable Status status() {
            return document == null ? null : document.status();
        }

        @Override
        public @Nullable Event eventFor(StreamFilter filter, long seen) {
            if (document != null && filter.includes(document.status())) {
                return new Event("change", filter.encode(document));
            }
            return wasIncluded(filter, seen) ? new Event("removed", PrinterDocuments.removed(printer)) : null;
        }

        /** In doubt the client has the printer: it can ignore the removal of one that it does not have. */
        private boolean wasIncluded(StreamFilter filter, long seen) {
            if (since <= seen) {
                return filter.includes(status());
            }
            return beforeSince > seen || filter.includes(before);
        }

        private static boolean looksTheSame(Status one, Status other) {
            return one.state() == other.state()
                    && Objects.equals(one.group(), other.group())
                    && one.tags().equals(other.tags());
        }
    }

    /**
     * An event or an alert. Every client that stays connected gets each one.
     *
     * @param about the status of its printer; null if it has been removed
     */
    record Notice(
            long sequence,
            long version,
            Event event,
            @Nullable Status about) implements StreamMessage {
        @Override
        public @Nullable Event eventFor(StreamFilter filter, long seen) {
            return filter.includesNotices(about) ? event : null;
        }
    }
}
