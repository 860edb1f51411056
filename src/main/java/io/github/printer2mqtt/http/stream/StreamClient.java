package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.http.message.HttpMetrics;
import io.github.printer2mqtt.http.message.HttpMetrics.SnapshotCause;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its connection and how far it has been served. What it has not been sent yet stays in the journal, so a client
 * that does not read costs at most twice {@link #QUEUE_BYTES}. Bytes are counted here, because Vert.x calls a connection full
 * only when 16 further writes wait, whatever their size. Belongs to the event loop of the stream.
 */
final class StreamClient {
    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    /** Not yet taken by the kernel, from which on nothing more is written. */
    private static final int QUEUE_BYTES = 16 * 1024;

    /** Written in one turn, so that a client that reads fast does not keep others waiting. */
    private static final int TURN_BYTES = 64 * 1024;

    private final HttpConnection connection;
    private final HttpServerResponse response;
    private final StreamView view;
    private final BooleanSupplier isAllowed;
    private final StreamSource source;
    private final HttpMetrics metrics;
    private final Consumer<StreamClient> ready;

    private long seen;
    private long noticesAfter;
    private @Nullable SnapshotCause missing;
    private @Nullable Outgoing snapshot;
    private boolean preparing;
    private boolean heartbeatDue;
    private boolean wroteSinceHeartbeat;
    private boolean closed;
    private int unsentBytes;
    private boolean waitingForConnection;

    private static final class Outgoing {
        private final Buffer list;
        private final long startedAtNanos;
        private int sent;

        Outgoing(Buffer list, long startedAtNanos) {
            this.list = list;
            this.startedAtNanos = startedAtNanos;
        }
    }

    /**
     * @param isAllowed whether it may still follow
     * @param ready to be called when {@link #pump} can go on
     */
    StreamClient(
            HttpServerRequest request,
            StreamView view,
            BooleanSupplier isAllowed,
            StreamSource source,
            HttpMetrics metrics,
            Consumer<StreamClient> ready) {
        this.connection = request.connection();
        this.response = request.response();
        this.view = view;
        this.isAllowed = isAllowed;
        this.source = source;
        this.metrics = metrics;
        this.ready = ready;
    }

    /**
     * Begins the response.
     *
     * @param lastEventId the last message that the client knows from an earlier stream; null if it begins anew
     */
    void open(@Nullable String lastEventId, long retryMillis) {
        write(EventText.retry(retryMillis));
        Long position = source.resume(lastEventId, view);
        if (position == null) {
            missing = lastEventId == null ? SnapshotCause.NEW : SnapshotCause.RESUME;
        } else {
            seen = position;
        }
        ready.accept(this);
    }

    /** Writes what the connection takes; {@code ready} is called if more is left. */
    void pump() {
        int written = 0;
        while (!closed && !preparing) {
            if (unsentBytes >= QUEUE_BYTES) {
                waitingForConnection = true;
                return;
            }
            if (written >= TURN_BYTES) {
                ready.accept(this);
                return;
            }
            int more = writeNext();
            if (more == 0 && snapshot == null && missing == null) {
                writeHeartbeat();
                return;
            }
            written += more;
        }
    }

    /** Writes a part of the snapshot or the next messages, and returns the number of bytes. */
    private int writeNext() {
        Outgoing outgoing = snapshot;
        if (outgoing != null) {
            return writePart(outgoing);
        }
        if (missing == null && source.hasLost(seen)) {
            missing = SnapshotCause.SLOW;
        }
        if (missing != null) {
            prepareSnapshot(missing);
            return 0;
        }
        StreamBatches.Batch batch = source.after(seen, view, noticesAfter);
        seen = batch.seen();
        return write(batch.text());
    }

    private void prepareSnapshot(SnapshotCause cause) {
        preparing = true;
        noticesAfter = view.noticesAfter(source.last());
        source.snapshot(view).onComplete((list, failure) -> {
            preparing = false;
            if (closed) {
                return;
            }
            if (list == null) {
                LOG.error("the snapshot for a client of the event stream could not be made", failure);
                end();
                return;
            }
            missing = null;
            metrics.streamSnapshot(cause);
            seen = list.sequence();
            snapshot = new Outgoing(list.list(), System.nanoTime());
            write(source.snapshotHead(list, view));
            ready.accept(this);
        });
    }

    private int writePart(Outgoing outgoing) {
        int end = Math.min(outgoing.list.length(), outgoing.sent + QUEUE_BYTES);
        int written = write(outgoing.list.slice(outgoing.sent, end));
        outgoing.sent = end;
        if (end == outgoing.list.length()) {
            snapshot = null;
            written += write(EventText.END);
        }
        return written;
    }

    private int write(Buffer text) {
        int length = text.length();
        if (length > 0) {
            wroteSinceHeartbeat = true;
            heartbeatDue = false;
            unsentBytes += length;
            response.write(text).onComplete(sent -> onSent(length));
        }
        return length;
    }

    private void onSent(int length) {
        unsentBytes -= length;
        if (waitingForConnection && unsentBytes < QUEUE_BYTES) {
            waitingForConnection = false;
            ready.accept(this);
        }
    }

    /** Lets the client be sent a comment at the next turn if it has been sent nothing since the last call. */
    void requestHeartbeat() {
        heartbeatDue = !wroteSinceHeartbeat;
        wroteSinceHeartbeat = false;
        if (heartbeatDue) {
            ready.accept(this);
        }
    }

    private void writeHeartbeat() {
        if (heartbeatDue) {
            write(EventText.HEARTBEAT);
            wroteSinceHeartbeat = false;
        }
    }

    /** Whether it began to read its snapshot, whose bytes are kept for it, before this moment and has not finished. */
    boolean isReadingSince(long nanos) {
        return snapshot != null && snapshot.startedAtNanos - nanos < 0;
    }

    /** Closes the connection of a client that is too slow. What waits in it is sent first if the client still reads. */
    void disconnect() {
        closed = true;
        snapshot = null;
        metrics.connectionClosed(HttpMetrics.Cause.SLOW);
        connection.close();
    }

    /** Ends the response. */
    void end() {
        if (!closed) {
            closed = true;
            response.end();
        }
    }

    /** Ends the response if the client may not follow any more. */
    void endWithoutRight() {
        if (!isAllowed.getAsBoolean()) {
            end();
        }
    }

    /** To be called when the connection is closed; nothing is written from then on. */
    void closed() {
        closed = true;
    }
}
