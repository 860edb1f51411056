package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReplyTimer;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a printer: merges what it sends, answers its heart beat, and asks for the whole status again and again. Belongs to
 * the session's event loop.
 */
final class CrealityConnection implements BoundedWebSocket.Listener {
    private static final String PATH = "/";

    /** Of the printer's own page; only what arrives makes the connection ask. */
    private static final Duration STATUS_EVERY = Duration.ofSeconds(5);

    /** Spools are sent on request only. */
    private static final Duration SPOOLS_EVERY = Duration.ofMinutes(5);

    /** A printer that is silent for longer must answer. Source: CrealityPrint asks after 7 s and gives up after 12 s. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final int MAX_PENDING = 8;

    private final LongSupplier nanos;
    private final Duration confirmLimit;
    private final Listener listener;
    private final CrealityMerger merger = new CrealityMerger();
    private final PrintTrack track = new PrintTrack();
    private final List<Pending> pending = new ArrayList<>();

    private @Nullable BoundedWebSocket socket;
    private @Nullable Promise<Void> expectedMessage;
    private boolean isWhole;
    private boolean areSpoolsRequested;
    private long heardAt;
    private long statusAskedAt;
    private long spoolsAskedAt;

    /** What happens on a connection. */
    interface Listener {
        /** The status may have changed. */
        void onUpdate();

        /** The web socket closed by itself. */
        void onClosed(CrealityConnection source);
    }

    /** A command whose effect the status does not show yet. */
    private record Pending(Predicate<CrealityReport> isDone, Promise<Void> done) {}

    /**
     * @param nanos monotonic time
     * @param confirmLimit for the effect of a command
     */
    CrealityConnection(LongSupplier nanos, Duration confirmLimit, Listener listener) {
        this.nanos = nanos;
        this.confirmLimit = confirmLimit;
        this.listener = listener;
    }

    /**
     * Connects, and waits for the first status, which the printer sends by itself; some models send it on request. Fails with a {@link
     * PrinterException}.
     */
    Future<Void> open(PrinterHttp http, Duration limit) {
        long end = nanos.getAsLong() + limit.toNanos();
        return http.openWebSocket(PATH, Map.of(), limit, this)
                .compose(opened -> {
                    socket = opened;
                    heardAt = nanos.getAsLong();
                    Duration left = Duration.ofNanos(Math.max(1_000_000, end - heardAt));
                    return opened.within(left, () -> isWhole ? Future.succeededFuture() : asked());
                })
                .recover(failure -> Future.failedFuture(
                        failure instanceof WebSocketUnavailableException
                                ? new PrinterException(FailureReason.UNREADABLE, failure.getMessage())
                                : failure));
    }

    /** Whether a whole status is known and the connection is open. */
    boolean isReady() {
        return isWhole && socket != null && socket.isOpen();
    }

    /** Succeeds if the printer was heard lately, or answers within the limit; otherwise the connection is closed. */
    Future<Void> check(Duration limit) {
        BoundedWebSocket open = socket;
        if (open == null) {
            return Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "not connected"));
        }
        if (nanos.getAsLong() - heardAt >= QUIET.toNanos()) {
            return open.within(limit, () -> asked());
        }
        askAgain();
        return Future.succeededFuture();
    }

    /** Completes with the next message. */
    private Future<Void> asked() {
        Promise<Void> next = Promise.promise();
        expectedMessage = next;
        askForStatus();
        return next.future();
    }

    private void askForStatus() {
        statusAskedAt = nanos.getAsLong();
        send(CrealityCommandRequest.STATUS);
    }

    private void send(String text) {
        BoundedWebSocket open = socket;
        if (open != null) {
            open.send(text);
        }
    }

    /** What is known of the printer, to recognise it. */
    CrealityReport report() {
        return merger.report();
    }

    /** The newest status. */
    Reading reading() {
        return CrealityMapper.reading(merger.report(), merger.boxes().filaments(), track.outcome());
    }

    /**
     * Sends a command, and waits until the status shows its effect. Fails with a {@link CommandRefusedException} or a {@link
     * PrinterException}; may throw them, too.
     */
    Future<Void> execute(PrinterCommand command) {
        BoundedWebSocket open = socket;
        if (open == null || !isReady() || pending.size() >= MAX_PENDING) {
            return Future.failedFuture(new PrinterException(
                            FailureReason.DISCONNECTED,
                            pending.isEmpty() ? "not connected to the printer" : "too many commands are running")
                    .with(Delivery.NOT_SENT));
        }
        CrealityCommandRequest request = CrealityCommandRequest.of(command, merger.report());
        Pending waiting = new Pending(request.isDone(), Promise.promise());
        pending.add(waiting);
        open.send(request.text());
        askForStatus();
        completePending();
        return ReplyTimer.within(confirmLimit, waiting.done.future(), () -> {
            pending.remove(waiting);
            return new PrinterException(
                    FailureReason.TIMEOUT,
                    "the status of the printer did not show the command's effect within " + confirmLimit.toSeconds()
                            + " s");
        });
    }

    private void completePending() {
        CrealityReport report = merger.report();
        List<Pending> done =
                pending.stream().filter(each -> each.isDone.test(report)).toList();
        pending.removeAll(done);
        done.forEach(each -> each.done.tryComplete());
    }

    @Override
    public void onMessage(Buffer text) {
        Map<String, Object> message = BoundedJson.object(text);
        if (message == null) {
            return; // the answer to a request may be the text ok
        }
        heardAt = nanos.getAsLong();
        if ("heart_beat".equals(LenientJson.of(message).text("ModeCode"))) {
            send("ok");
        } else {
            onStatus(message);
        }
        if (isWhole) {
            askAgain();
            Promise<Void> expected = expectedMessage;
            expectedMessage = null;
            if (expected != null) {
                expected.tryComplete();
            }
        }
    }

    private void onStatus(Map<String, Object> message) {
        merger.merge(message);
        CrealityReport report = merger.report();
        track.update(report);
        boolean isFirst = !isWhole;
        isWhole = isWhole || report.isWhole();
        if (isWhole && !isFirst) {
            completePending();
            listener.onUpdate();
        }
    }

    private void askAgain() {
        long now = nanos.getAsLong();
        if (now - statusAskedAt >= STATUS_EVERY.toNanos()) {
            askForStatus();
        }
        boolean isDue = !areSpoolsRequested || now - spoolsAskedAt >= SPOOLS_EVERY.toNanos();
        if (isDue && !merger.report().is("cfsConnect", 0)) {
            areSpoolsRequested = true;
            spoolsAskedAt = now;
            send(CrealityCommandRequest.SPOOLS);
        }
    }

    @Override
    public void onClosed(PrinterException why) {
        forget(why);
        listener.onClosed(this);
    }

    void close() {
        BoundedWebSocket open = socket;
        forget(new PrinterException(FailureReason.DISCONNECTED, "the connection was closed"));
        if (open != null) {
            open.close();
        }
    }

    private void forget(PrinterException why) {
        socket = null;
        Promise<Void> expected = expectedMessage;
        expectedMessage = null;
        if (expected != null) {
            expected.tryFail(why);
        }
        List<Pending> lost = List.copyOf(pending);
        pending.clear();
        lost.forEach(each -> each.done.tryFail(new PrinterException(
                FailureReason.DISCONNECTED, "the connection was lost before the status showed the command's effect")));
    }
}
