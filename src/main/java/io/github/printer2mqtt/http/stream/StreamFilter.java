package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.http.list.ListDocument;
import io.github.printer2mqtt.http.list.ListQuery;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a client of the event stream sees: the list with its filters, and events and alerts. Immutable.
 *
 * @param query always returns the id of a printer, without which a change belongs to nothing
 * @param digest equal for equal filters; empty for a client that sees everything
 */
record StreamFilter(ListQuery query, String digest) implements StreamView {
    static StreamFilter of(ListQuery query) {
        ListQuery withId = query.withField("id");
        return new StreamFilter(withId, withId.digest());
    }

    @Override
    public boolean includes(@Nullable Status status) {
        return status != null && query.matches(status);
    }

    @Override
    public boolean isNews(StreamMessage.PrinterChange change, long seen) {
        return true;
    }

    /** The state of the printer does not matter, since most events change it. */
    @Override
    public StreamMessage.@Nullable Event noticeEvent(StreamMessage.Notice notice) {
        return query.matchesInAnyState(notice.site(), notice.group(), notice.tags()) ? notice.event() : null;
    }

    @Override
    public long noticesAfter(long last) {
        return last;
    }

    @Override
    public byte[] list(CombinedFleet.Snapshot snapshot) {
        return ListDocument.join(snapshot, query);
    }

    /** The document with the fields that the client wants. */
    @Override
    public byte[] encode(StatusDocument document) {
        return query.fields().isEmpty() ? document.bytes() : document.bytes(query.fields());
    }
}
