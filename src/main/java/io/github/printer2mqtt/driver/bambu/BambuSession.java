package io.github.printer2mqtt.driver.bambu;

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
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One Bambu Lab printer over its own broker. A connect may take longer than a poll: the poll then fails, and the connect goes on until
 * a later poll uses it. Belongs to the event loop of its {@link PrinterHttp}.
 */
final class BambuSession implements PushedSession {
    private static final String USER = "bblp";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final @Nullable MqttLogin login;
    private final PrinterHttp http;
    private final Duration timeout;
    private final Duration replyLimit;
    private final LongSupplier nanos;

    private PushedSession.@Nullable Listener listener;
    private @Nullable Consumer<byte[]> messageConsumer;
    private @Nullable BambuConnection connection;

    /** Completes with the first whole status of {@code connection}. */
    private @Nullable Promise<Reading> ready;

    /** Of a connect that ended while no poll waited for it. */
    private @Nullable PrinterException lateFailure;

    private boolean isPollWaiting;
    private boolean closed;

    /** @param login null if the registration lacks the serial number or the access code */
    BambuSession(
            @Nullable MqttLogin login, PrinterHttp http, Duration timeout, Duration replyLimit, LongSupplier nanos) {
        this.login = login;
        this.http = http;
        this.timeout = timeout;
        this.replyLimit = replyLimit;
        this.nanos = nanos;
    }

    /** The serial number is the username, because it names the printer's topics; the real user is the same for all. */
    static @Nullable MqttLogin login(Credentials credentials, List<X509Certificate> authorities) {
        String serial = credentials.username() == null
                ? ""
                : credentials.username().strip().toUpperCase(Locale.ROOT);
        Secret code = credentials.password();
        return !serial.matches("[0-9A-Z]{6,32}") || code == null
                ? null
                : new MqttLogin(serial, USER, code, authorities);
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        listener = monitor;
    }

    @Override
    public void handOn(Consumer<byte[]> messages) {
        messageConsumer = messages;
    }

    @Override
    public boolean isPushing() {
        return connection != null && connection.isReady();
    }

    @Override
    public @Nullable String fallback() {
        return null;
    }

    @Override
    public Future<Reading> latest() {
        BambuConnection open = connection;
        return open == null
                ? Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "not connected"))
                : Future.succeededFuture(open.reading());
    }

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
        BambuConnection open = connection;
        if (open != null && open.isReady()) {
            open.checkSilence();
            return open.isReady() ? Future.succeededFuture(open.reading()) : Future.failedFuture(silent());
        }
        if (open == null) {
            connect(known);
        } else {
            open.checkSilence();
        }
        Promise<Reading> waiting = ready;
        if (waiting == null) { // it failed at once
            PrinterException failure = lateFailure;
            lateFailure = null;
            return Future.failedFuture(failure == null ? silent() : failure);
        }
        isPollWaiting = true;
        return ReplyTimer.within(
                        timeout,
                        waiting.future(),
                        () -> new PrinterException(
                                FailureReason.TIMEOUT, "no whole status within " + timeout.toMillis() + " ms"))
                .onComplete(done -> isPollWaiting = false);
    }

    private static PrinterException silent() {
        return new PrinterException(FailureReason.TIMEOUT, "the printer has sent nothing for 75 s");
    }

    private void connect(MqttLogin known) {
        BambuConnection opening = new BambuConnection(known.serial(), replyLimit, nanos, new Events());
        connection = opening;
        ready = Promise.promise();
        http.openMqtt(known, CONNECT_LIMIT, opening).onComplete((opened, failure) -> {
            if (connection != opening) {
                return; // closed meanwhile
            }
            if (opened != null) {
                opening.attach(opened);
            } else if (failure instanceof PrinterException reason) {
                onLost(opening, reason);
            } else {
                onLost(
                        opening,
                        new PrinterException(FailureReason.UNREADABLE, "the connection was given up")
                                .with(Delivery.NOT_SENT));
            }
        });
    }

    /** What happens on the connection. */
    private final class Events implements BambuConnection.Listener {
        @Override
        public void onReady(BambuConnection source) {
            Promise<Reading> waiting = ready;
            ready = null;
            if (waiting != null) {
                waiting.tryComplete(source.reading());
            }
            if (!isPollWaiting && listener != null) {
                listener.onPollNeeded();
            }
        }

        /** A report that has the access code in it goes to nobody. */
        @Override
        public void onMessage(byte[] payload) {
            Consumer<byte[]> consumer = messageConsumer;
            if (consumer != null
                    && login != null
                    && !new String(payload, StandardCharsets.ISO_8859_1)
                            .contains(login.password().reveal())) {
                consumer.accept(payload);
            }
        }

        @Override
        public void onUpdate() {
            if (listener != null) {
                listener.onUpdate();
            }
        }

        @Override
        public void onLost(BambuConnection source, PrinterException reason) {
            BambuSession.this.onLost(source, reason);
        }
    }

    private void onLost(BambuConnection lost, PrinterException reason) {
        if (connection != lost) {
            return;
        }
        boolean wasReady = ready == null;
        Promise<Reading> waiting = ready;
        connection = null;
        ready = null;
        lost.close();
        if (closed) {
            return;
        }
        if (waiting != null) {
            if (!isPollWaiting) {
                lateFailure = reason;
            }
            waiting.tryFail(reason);
        }
        if (wasReady && listener != null) {
            listener.onLost();
        }
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        BambuConnection open = connection;
        return open == null || !open.isReady()
                ? Future.failedFuture(new PrinterException(FailureReason.DISCONNECTED, "not connected to the printer")
                        .with(Delivery.NOT_SENT))
                : open.execute(command);
    }

    @Override
    public void close() {
        closed = true;
        BambuConnection open = connection;
        connection = null;
        Promise<Reading> waiting = ready;
        ready = null;
        if (open != null) {
            open.close();
        }
        if (waiting != null) {
            waiting.tryFail(new PrinterException(FailureReason.DISCONNECTED, "the session was closed"));
        }
        http.close();
    }
}
