package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Status;
import org.jspecify.annotations.Nullable;

/** What the clients of a stream are sent of the fleet. Clients with equal views share what is encoded for them. Thread-safe. */
sealed interface StreamView permits StreamFilter, WallView {
    /** Part of the ids of its messages, equal for equal views: letters and digits, or empty for a client that sees everything. */
    String digest();

    /** Whether a printer is sent; null is a printer that does not exist. */
    boolean includes(@Nullable Status status);

    /** The document of a printer that changed. */
    byte[] encode(StatusDocument document);

    /** Whether a change differs from what a client was sent that has seen everything up to a message. */
    boolean isNews(StreamMessage.PrinterChange change, long seen);

    /** What an event or an alert means for the client; null if it is sent nothing. */
    StreamMessage.@Nullable Event noticeEvent(StreamMessage.Notice notice);

    /**
     * Up to which message a client that gets a snapshot now is sent no events and alerts, because they happened before.
     *
     * @param last the newest message
     */
    long noticesAfter(long last);

    /** The document of a snapshot. May be slow for a large fleet. */
    byte[] list(CombinedFleet.Snapshot snapshot);
}
