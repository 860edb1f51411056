package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.WebSocketFallback;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.Exchange;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One server, read once for all its printers over the web socket or the connection of one of their sessions. Belongs to the
 * event loop of these sessions.
 *
 * <p>Events tell temperatures, layers and the end of prints. Progress, times and pauses are not pushed, so that the list is
 * requested over the web socket again and again, driven by what arrives.
 */
final class RepetierServer implements RepetierSocket.Listener {
    /** The sessions poll at different times; within this time one reading serves them all. */
    private static final Duration MAX_AGE = Duration.ofMillis(1500);

    private static final Duration LIST_WHILE_PRINTING = Duration.ofSeconds(2);
    private static final Duration LIST_OTHERWISE = Duration.ofSeconds(5);

    /** Between two requests because of events. */
    private static final Duration MIN_GAP = Duration.ofMillis(250);

    /** The server drops a client that is silent for so many seconds. */
    private static final String PING_LIMIT = "{\"timeout\":60}";

    private static final Set<String> NEWS = Set.of(
            "jobStarted",
            "jobFinished",
            "jobKilled",
            "jobDeactivated",
            "printerListChanged",
            "printerConditionChanged",
            "messagesChanged",
            "changeFilamentRequested");

    private final RepetierRequests requests;
    private final LongSupplier nanos;
    private final WebSocketFallback<RepetierSnapshot> fallback;

    private final RepetierMembers members = new RepetierMembers();

    private @Nullable RepetierSocket socket;
    private RepetierMembers.@Nullable Member owner;
    private @Nullable Future<RepetierSnapshot> running;
    private @Nullable RepetierSnapshot newest;
    private Duration timeout = Duration.ZERO;
    private boolean isExpired;
    private boolean isEstablished;
    private boolean isNews;
    private long readAt;
    private long requestedAt;

    RepetierServer(RepetierRequests requests, LongSupplier nanos) {
        this.requests = requests;
        this.nanos = nanos;
        this.fallback = new WebSocketFallback<>(nanos, this::isOpen, this::pollWebSocket, this::pollByHttp);
    }

    RepetierRequests requests() {
        return requests;
    }

    void join(RepetierMembers.Member member) {
        members.add(member);
    }

    /** If the web socket is that of the leaving session, the next one takes over. */
    void leave(RepetierMembers.Member member) {
        members.remove(member);
        if (owner == member) {
            closeSocket(new Exchange.AbortedException(Delivery.POSSIBLE));
            isEstablished = false;
            fallback.onPollNeeded();
        }
    }

    /** Why the printers are polled; null if they are not. */
    @Nullable String fallback() {
        return fallback.reason();
    }

    boolean isOpen() {
        return socket != null && socket.isOpen();
    }

    /** What is known; null before the first reading. */
    @Nullable RepetierSnapshot newest() {
        return newest;
    }

    /** The newest snapshot, read now if it is too old. */
    Future<RepetierSnapshot> read(Duration limit) {
        RepetierSnapshot known = newest;
        if (known != null && !isExpired && nanos.getAsLong() - readAt < MAX_AGE.toNanos()) {
            return Future.succeededFuture(known);
        }
        Future<RepetierSnapshot> pending = running;
        if (pending != null) {
            return pending;
        }
        timeout = limit;
        fallback.listen(members);
        return start(fallback.poll());
    }

    private Future<RepetierSnapshot> start(Future<RepetierSnapshot> reading) {
        requestedAt = nanos.getAsLong();
        isNews = false;
        if (!reading.isComplete()) {
            running = reading;
        }
        return reading.onComplete(done -> {
            running = null;
            isExpired = false;
            newest = done.succeeded() ? done.result() : null;
            readAt = nanos.getAsLong();
        });
    }

    /** The messages of a printer; empty if there are none or the server does not send them. */
    Future<List<LenientJson>> messages(String slug) {
        RepetierSocket open = socket;
        return open == null
                ? Future.succeededFuture(List.of())
                : open.call("messages", "{}", slug, timeout)
                        .map(RepetierRequests::elements)
                        .otherwise(List.of());
    }

    private Future<RepetierSnapshot> pollWebSocket() {
        long end = nanos.getAsLong() + timeout.toNanos();
        RepetierSocket known = socket;
        Future<RepetierSocket> open = known != null && known.isOpen() ? Future.succeededFuture(known) : connected();
        return open.compose(connected -> connected.within(left(end), connected::snapshot))
                .onSuccess(read -> isEstablished = isOpen())
                .recover(failure -> {
                    if (failure instanceof Exchange.AbortedException && members.first() != null) {
                        return pollWebSocket(); // the session that had the connection was closed
                    }
                    closeAndReport(failure);
                    return Future.failedFuture(failure);
                });
    }

    private Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - nanos.getAsLong()));
    }

    private Future<RepetierSocket> connected() {
        RepetierMembers.Member first = members.first();
        if (first == null) {
            return Future.failedFuture(new Exchange.AbortedException(Delivery.NOT_SENT));
        }
        RepetierSocket opening = new RepetierSocket(this);
        owner = first;
        return first.http()
                .openWebSocket(requests.webSocketPath(), Map.of(), timeout, opening)
                .map(opened -> {
                    opening.attach(opened);
                    socket = opening;
                    opening.send("extendPing", PING_LIMIT);
                    return opening;
                })
                .onFailure(failure -> {
                    if (failure instanceof Exchange.AbortedException) {
                        members.remove(first);
                    }
                });
    }

    /** If the session whose connection is used is closed meanwhile, the next one takes over. */
    private Future<RepetierSnapshot> pollByHttp() {
        closeSocket(new Exchange.AbortedException(Delivery.POSSIBLE));
        RepetierMembers.Member first = members.first();
        if (first == null) {
            return Future.failedFuture(new Exchange.AbortedException(Delivery.NOT_SENT));
        }
        return first.http().within(timeout, requests::snapshot).recover(failure -> {
            if (!(failure instanceof Exchange.AbortedException)) {
                return Future.failedFuture(failure);
            }
            members.remove(first);
            return pollByHttp();
        });
    }

    /** What comes next is no longer what the newest snapshot says. */
    void expire() {
        isExpired = true;
    }

    @Override
    public void onEvent(String name, String slug, LenientJson data) {
        isNews = isNews || NEWS.contains(name);
        RepetierSnapshot known = newest;
        JobResult result = RepetierPrint.statedBy(name);
        if (result != null) {
            members.onJobEnd(slug, result);
        }
        if (known != null && members.contains(slug) && RepetierSnapshot.isChangedBy(name)) {
            newest = known.after(name, slug, data);
            members.onUpdateOf(slug);
        }
    }

    @Override
    public void onMessage() {
        RepetierSocket open = socket;
        RepetierSnapshot known = newest;
        if (open == null || known == null || running != null || !isEstablished) {
            return;
        }
        Duration pause = isNews ? MIN_GAP : known.isAnyPrinting() ? LIST_WHILE_PRINTING : LIST_OTHERWISE;
        if (nanos.getAsLong() - requestedAt >= pause.toNanos()) {
            start(open.within(timeout, open::snapshot))
                    .onSuccess(read -> fallback.onUpdate())
                    .onFailure(this::closeAndReport);
        }
    }

    @Override
    public void onClosed() {
        socket = null;
        owner = null;
        newest = null;
        reportLoss();
    }

    private void closeAndReport(Throwable why) {
        closeSocket(why);
        reportLoss();
    }

    private void closeSocket(Throwable why) {
        RepetierSocket open = socket;
        socket = null;
        owner = null;
        if (open != null) {
            newest = null;
            open.close(why);
        }
    }

    private void reportLoss() {
        if (isEstablished) {
            isEstablished = false;
            fallback.onLost();
        }
    }
}
