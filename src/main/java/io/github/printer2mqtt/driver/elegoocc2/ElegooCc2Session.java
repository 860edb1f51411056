package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.driver.ReplyTimer;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterHttp.MqttLogin;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One Centauri Carbon 2 over its own broker. Connecting and registering may take longer than a poll: the poll then fails, and a later
 * one uses the connection. Belongs to the event loop of its {@link PrinterHttp}.
 */
final class ElegooCc2Session implements PushedSession, Cc2Connection.Listener {
    private static final String USER = "elegoo";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final @Nullable MqttLogin login;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    private PushedSession.@Nullable Listener listener;

    /** Being opened, or open. */
    private @Nullable Future<Cc2Connection> connection;

    /** Of a connect that failed while no poll waited for it. */
    private @Nullable PrinterException lateFailure;

    private boolean isPollWaiting;

    /** Whether the connection brought a reading, so that a loss of it ends the session. */
    private boolean isEstablished;

    /** @param login null if the registration lacks the serial number or the access code */
    ElegooCc2Session(@Nullable MqttLogin login, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.login = login;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    /** The serial number is the username, because it names the printer's topics; the real user is the same for all. */
    static @Nullable MqttLogin login(Credentials credentials) {
        String serial =
                credentials.username() == null ? "" : credentials.username().strip();
        Secret code = credentials.password();
        return !serial.matches("[0-9A-Za-z]{6,32}") || code == null
                ? null
                : MqttLogin.unencrypted(serial, USER, code, clientId());
    }

    /** Ten characters, as those of the manufacturer's own programs. */
    private static String clientId() {
        return "0cli" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(1 << 24), 6);
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        listener = monitor;
    }

    @Override
    public boolean isPushing() {
        Cc2Connection open = open();
        return open != null && open.isReady();
    }

    @Override
    public @Nullable String fallback() {
        return null;
    }

    @Override
    public Future<Reading> latest() {
        Cc2Connection open = open();
        return open == null || !open.isReady()
                ? Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "not connected"))
                : Future.succeededFuture(open.reading());
    }

    private @Nullable Cc2Connection open() {
        Future<Cc2Connection> known = connection;
        return known == null ? null : known.result();
    }

    /** Connects if necessary, and requests the whole status. */
    @Override
    public Future<Reading> poll() {
        MqttLogin known = login;
        if (known == null) {
            return Future.failedFuture(new PrinterException(
                    FailureReason.AUTH,
                    "the credentials must be the serial number as username and the access code as password"));
        }
        PrinterException late = lateFailure;
        lateFailure = null;
        if (late != null) {
            return Future.failedFuture(late);
        }
        isPollWaiting = true; // a connect may fail at once
        Future<Cc2Connection> current = connection == null ? connect(known) : connection;
        return ReplyTimer.within(
                        timeout,
                        current.compose(Cc2Connection::requestStatus),
                        () -> new PrinterException(
                                FailureReason.TIMEOUT, "no whole status within " + timeout.toMillis() + " ms"))
                .onComplete(done -> isPollWaiting = false)
                .onSuccess(reading -> isEstablished = isPushing())
                .onFailure(failure -> closeIfOpen(failure));
    }

    /** A connect that is under way goes on. */
    private void closeIfOpen(Throwable failure) {
        Cc2Connection open = open();
        if (open != null) {
            open.close(reason(failure));
            onLost(open);
        }
    }

    private static PrinterException reason(Throwable failure) {
        return failure instanceof PrinterException known
                ? known
                : new PrinterException(FailureReason.DISCONNECTED, "the connection was given up");
    }

    private Future<Cc2Connection> connect(MqttLogin known) {
        Cc2Connection opening =
                new Cc2Connection(known.serial(), Objects.requireNonNull(known.clientId()), nanos, this);
        Future<Cc2Connection> attempt = http.openMqtt(known, CONNECT_LIMIT, opening)
                .compose(opening::register)
                .recover(failure -> Future.failedFuture(reason(failure)));
        connection = attempt;
        attempt.onFailure(failure -> {
            opening.close(reason(failure));
            if (connection == attempt) {
                connection = null;
                lateFailure = isPollWaiting ? null : reason(failure);
            }
        });
        return attempt;
    }

    @Override
    public void onUpdate() {
        if (isEstablished && listener != null) {
            listener.onUpdate();
        }
    }

    @Override
    public void onLost(Cc2Connection source) {
        if (source != open()) {
            return;
        }
        boolean wasEstablished = isEstablished;
        connection = null;
        isEstablished = false;
        if (wasEstablished && listener != null) {
            listener.onLost();
        }
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        Cc2Command request = Cc2Command.of(command);
        Cc2Connection open = open();
        return open == null || !open.isReady()
                ? Future.failedFuture(new PrinterException(FailureReason.DISCONNECTED, "not connected to the printer")
                        .with(Delivery.NOT_SENT))
                : open.execute(request);
    }

    @Override
    public void close() {
        Cc2Connection open = open();
        connection = null;
        isEstablished = false;
        if (open != null) {
            open.close(new PrinterException(FailureReason.DISCONNECTED, "the session was closed"));
        }
        http.close();
    }
}
