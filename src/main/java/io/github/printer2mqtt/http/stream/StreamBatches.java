package io.github.printer2mqtt.http.stream;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Encodes messages of the journal: clients with the same view and position share the bytes. Belongs to the event loop of the
 * stream.
 */
final class StreamBatches {
    /** From this size on, the rest goes into the next batch. */
    private static final int BATCH_BYTES = 8 * 1024;

    /** Clients that are behind have positions of their own, whose batches are not worth keeping. */
    private static final int MAX_KEPT = 64;

    /**
     * Consecutive messages for a client.
     *
     * @param text empty if there is nothing to send
     * @param seen the position of the client afterwards
     */
    record Batch(Buffer text, long seen) {}

    private record Key(StreamView view, long seen, long noticesAfter) {}

    private final StreamJournal journal;
    private final StreamIds ids;
    private final Map<Key, Batch> kept = new HashMap<>();

    StreamBatches(StreamJournal journal, StreamIds ids) {
        this.journal = journal;
        this.ids = ids;
    }

    /**
     * What comes next for a client; empty only if it has everything.
     *
     * @param noticesAfter events and alerts up to this message are skipped, because they happened before the client came
     */
    Batch after(long seen, StreamView view, long noticesAfter) {
        Key key = new Key(view, seen, Math.max(seen, noticesAfter));
        Batch batch = kept.get(key);
        if (batch == null) {
            batch = encode(key);
            if (kept.size() < MAX_KEPT) {
                kept.put(key, batch);
            }
        }
        return batch;
    }

    /** Must be called when the journal has changed. */
    void clear() {
        kept.clear();
    }

    private Batch encode(Key key) {
        Buffer text = Buffer.buffer();
        long position = key.seen();
        for (StreamMessage message : journal.after(key.seen())) {
            position = message.sequence();
            boolean isPast = message instanceof StreamMessage.Notice && position <= key.noticesAfter();
            boolean isRepeat = message instanceof StreamMessage.PrinterChange change
                    && !key.view().isNews(change, key.seen());
            StreamMessage.Event event = isPast || isRepeat ? null : message.eventFor(key.view());
            if (event != null) {
                String id = ids.text(message.version(), position, key.view());
                EventText.append(text, id, event.name(), event.data());
                if (text.length() >= BATCH_BYTES) {
                    break;
                }
            }
        }
        return new Batch(text, position);
    }
}
