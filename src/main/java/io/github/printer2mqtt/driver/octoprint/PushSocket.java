package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status over OctoPrint's push socket. Belongs to the session's event loop.
 *
 * <p>The web socket opens for everybody and stays silent without a login by HTTP. Its temperatures do not tell which heaters
 * the printer's profile has; they are requested by HTTP once for each printer that is connected to OctoPrint.
 */
final class PushSocket implements PushChannel.Listener {
    private static final String PATH = "/sockjs/websocket";

    /** A login ends when its user is changed or removed. One that ends earlier is not worth another one. */
    private static final Duration MIN_LOGIN = Duration.ofSeconds(10);

    private final OctoPrintRequests requests;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final StatusReader reader;
    private final PushedSession.Listener listener;

    private @Nullable PushChannel channel;
    private @Nullable PushedStatus status;
    private boolean isLoggedIn;
    private boolean isReady;
    private boolean isProfileKnown;
    private boolean isProfileRequested;
    private long loginAt;

    /** Whether the connection brought a reading, so that a loss of it ends the session. */
    private boolean isEstablished;

    PushSocket(
            OctoPrintRequests requests,
            PrinterHttp http,
            Duration timeout,
            LongSupplier nanos,
            StatusReader reader,
            PushedSession.Listener listener) {
        this.requests = requests;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
        this.reader = reader;
        this.listener = listener;
    }

    boolean isPushing() {
        return isReady && isOpen();
    }

    boolean isOpen() {
        return channel != null && channel.isOpen();
    }

    /** Connects and logs in if necessary, and requests the whole status. Fails like {@link PrinterHttp#openWebSocket}, too. */
    Future<Reading> poll() {
        long end = nanos.getAsLong() + timeout.toNanos();
        return opened().compose(open -> prepared(end).compose(login -> open.requestHistory(login, left(end))))
                .onSuccess(received -> onHistoryReceived())
                .onFailure(failure -> closeAndReport())
                .map(received -> reader.newest())
                .onSuccess(reading -> isEstablished = isOpen());
    }

    /** The newest status by the messages so far. */
    Future<Reading> latest() {
        return status == null
                ? Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "nothing is subscribed"))
                : Future.succeededFuture(reader).map(StatusReader::newest);
    }

    void close() {
        PushChannel open = channel;
        forget();
        if (open != null) {
            open.close();
        }
    }

    private void closeAndReport() {
        boolean wasEstablished = isEstablished;
        close();
        if (wasEstablished) {
            reader.onGap();
            listener.onLost();
        }
    }

    private Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - nanos.getAsLong()));
    }

    private Future<PushChannel> opened() {
        PushChannel open = channel;
        if (open != null && open.isOpen()) {
            return Future.succeededFuture(open);
        }
        forget();
        PushChannel opening = new PushChannel(this);
        return http.openWebSocket(PATH, Map.of(), timeout, opening).map(socket -> {
            opening.attach(socket);
            channel = opening;
            return opening;
        });
    }

    /** The message that logs in; empty if that is not necessary. */
    private Future<Optional<String>> prepared(long end) {
        if (!isLoggedIn) {
            return http.besideWebSocket(
                    left(end),
                    exchange -> requests.status(exchange).compose(answer -> {
                        onAnswer(answer);
                        return requests.login(exchange);
                    }));
        }
        if (isProfileKnown || !hasTools()) {
            return Future.succeededFuture(Optional.empty());
        }
        return http.besideWebSocket(left(end), requests::status)
                .onSuccess(this::onAnswer)
                .transform(answered -> answered.failed() && !(answered.cause() instanceof PrinterException)
                        ? Future.failedFuture(answered.cause())
                        : Future.succeededFuture(Optional.empty()));
    }

    private void onAnswer(OctoPrintStatus answer) {
        reader.onAnswer(answer);
        isProfileKnown = HeaterProfile.isIn(answer.temperature());
    }

    private boolean hasTools() {
        return status != null && HeaterProfile.isIn(status.temperature());
    }

    private void onHistoryReceived() {
        if (!isLoggedIn) {
            isLoggedIn = true;
            loginAt = nanos.getAsLong();
        }
        isReady = !reader.isOffline();
    }

    @Override
    public void onHistory(LenientJson history) {
        add(PushedStatus.of(history));
    }

    @Override
    public void onCurrent(LenientJson current) {
        PushedStatus before = status;
        if (before != null) {
            add(before.with(current));
            onStatus();
        }
    }

    private void add(PushedStatus newest) {
        status = newest;
        reader.add(newest.in(reader.profile()));
        if (!reader.hasPrinter()) {
            isProfileKnown = false;
            isProfileRequested = false;
        }
    }

    private void onStatus() {
        if (!isLoggedIn) {
            return;
        }
        boolean wasReady = isReady;
        isReady = !reader.isOffline();
        boolean isProfileNew = isReady && !isProfileKnown && !isProfileRequested && hasTools();
        isProfileRequested = isProfileRequested || isProfileNew;
        if (isReady != wasReady || isProfileNew) {
            listener.onPollNeeded();
        } else if (isReady) {
            listener.onUpdate();
        }
    }

    /** The next status may be a second away, and OctoPrint may have collected it before the event. */
    @Override
    public void onEvent(@Nullable String type, LenientJson payload) {
        String text = payload.text("state_string");
        boolean isKnown = text != null && status != null && text.equals(status.text());
        if ("PrinterProfileModified".equals(type)) {
            isProfileKnown = false;
            listener.onPollNeeded();
        } else if ("PrinterStateChanged".equals(type) && !isKnown) {
            listener.onPollNeeded();
        }
    }

    @Override
    public void onLoginLost() {
        if (!isLoggedIn) {
            return;
        }
        if (nanos.getAsLong() - loginAt < MIN_LOGIN.toNanos()) {
            throw new PrinterException(FailureReason.UNREADABLE, "OctoPrint ends the login again and again");
        }
        isLoggedIn = false;
        isReady = false;
        listener.onPollNeeded();
    }

    @Override
    public void onClosed() {
        boolean wasEstablished = isEstablished;
        forget();
        if (wasEstablished) {
            reader.onGap();
            listener.onLost();
        }
    }

    private void forget() {
        channel = null;
        status = null;
        isLoggedIn = false;
        isReady = false;
        isProfileKnown = false;
        isProfileRequested = false;
        isEstablished = false;
    }
}
