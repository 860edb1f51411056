package io.github.printer2mqtt.net.line;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.ReceivedMessages;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open connection for lines of text, for one reading or command. {@link LineSplitter} limits what the printer sends, and whoever
 * opened the connection limits its time. What arrives without a request is dropped. Belongs to the event loop of its socket.
 */
public final class BoundedLines implements LineExchange {
    private final NetSocket socket;
    private final LoopTimers timers;
    private final ReceivedMessages received;
    private final LineSplitter splitter = new LineSplitter();
    private @Nullable Reply reply;
    private @Nullable Throwable failure;

    /** A reply that is not complete yet. */
    private static final class Reply {
        final ReplyEnd end;
        final Promise<List<String>> result = Promise.promise();
        final List<String> lines = new ArrayList<>();
        Timers.@Nullable Timer silence;

        Reply(ReplyEnd end) {
            this.end = end;
        }

        void stopWaiting() {
            if (silence != null) {
                silence.cancel();
                silence = null;
            }
        }
    }

    private BoundedLines(NetSocket socket, LoopTimers timers, ReceivedMessages received) {
        this.socket = socket;
        this.timers = timers;
        this.received = received;
    }

    /**
     * Takes over an open connection.
     *
     * @param received counts what arrives
     */
    public static BoundedLines open(NetSocket socket, LoopTimers timers, ReceivedMessages received) {
        BoundedLines open = new BoundedLines(socket, timers, received);
        socket.exceptionHandler(broken -> open.onClosed());
        socket.closeHandler(gone -> open.onClosed());
        socket.handler(open::onBytes);
        return open;
    }

    @Override
    public Future<List<String>> send(String line, ReplyEnd end) {
        if (failure != null) {
            return Future.failedFuture(
                    failure instanceof PrinterException known ? known.with(Delivery.NOT_SENT) : failure);
        }
        if (reply != null) {
            return Future.failedFuture(new IllegalStateException("a reply is not complete yet"));
        }
        Reply next = new Reply(end);
        reply = next;
        socket.write(line + "\r\n");
        return next.result.future();
    }

    /** Closes the connection; a request that waits for its reply fails for this reason. May be called more than once. */
    public void fail(Throwable why) {
        if (failure != null) {
            return;
        }
        failure = why;
        Reply waiting = reply;
        reply = null;
        socket.close();
        if (waiting != null) {
            waiting.stopWaiting();
            waiting.result.tryFail(why);
        }
    }

    /** Closes the connection after its last reply. May be called more than once. */
    public void close() {
        fail(new PrinterException(FailureReason.UNREADABLE, "the exchange is over"));
    }

    private void onClosed() {
        fail(new PrinterException(FailureReason.UNREADABLE, "closed the connection before its answer was complete"));
    }

    private void onBytes(Buffer bytes) {
        if (failure != null) {
            return;
        }
        try {
            List<String> lines = splitter.add(bytes);
            received.add(lines.size(), bytes.length());
            Reply waiting = reply;
            if (waiting != null) {
                waiting.stopWaiting();
                lines.forEach(line -> onLine(waiting, line));
                waitForSilence(waiting);
            }
        } catch (PrinterException e) {
            fail(e);
        }
    }

    /** Lines behind the end of a reply are dropped. */
    private void onLine(Reply waiting, String line) {
        if (!waiting.equals(reply)) {
            return;
        }
        waiting.lines.add(line);
        if (waiting.end.after(waiting.lines) == ReplyEnd.Verdict.COMPLETE) {
            complete(waiting);
        }
    }

    /** A line that has begun is waited for. */
    private void waitForSilence(Reply waiting) {
        boolean isWaiting = waiting.equals(reply) && !waiting.lines.isEmpty() && !splitter.isInLine();
        if (isWaiting && waiting.end.after(waiting.lines) == ReplyEnd.Verdict.COMPLETE_IF_SILENT) {
            waiting.silence = timers.after(waiting.end.silence(), () -> complete(waiting));
        }
    }

    private void complete(Reply waiting) {
        reply = null;
        waiting.stopWaiting();
        waiting.result.tryComplete(List.copyOf(waiting.lines));
    }
}
