package io.github.printer2mqtt.http.stream;

import io.vertx.core.buffer.Buffer;

/** The wire form of server-sent events (WHATWG HTML, "Server-sent events"). */
final class EventText {
    /** A comment, which clients ignore. */
    static final Buffer HEARTBEAT = Buffer.buffer(": heartbeat\n\n");

    /** Ends an event. */
    static final Buffer END = Buffer.buffer("\n\n");

    private EventText() {}

    /** Everything before the data of an event. */
    static Buffer head(String id, String name) {
        return Buffer.buffer("id: " + id + "\nevent: " + name + "\ndata: ");
    }

    /**
     * Appends an event.
     *
     * @param data without line breaks
     */
    static void append(Buffer text, String id, String name, byte[] data) {
        text.appendBuffer(head(id, name)).appendBytes(data).appendBuffer(END);
    }

    /** How long a client should wait before it connects again. */
    static Buffer retry(long millis) {
        return Buffer.buffer("retry: " + millis + "\n\n");
    }
}
