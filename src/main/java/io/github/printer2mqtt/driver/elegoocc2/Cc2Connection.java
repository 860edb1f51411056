package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReplyTimer;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.BoundedJson;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a printer: registers, requests the status, merges changes and matches responses with requests. Belongs to the
 * session's event loop.
 */
final class Cc2Connection implements PrinterMqttConnection.Listener {
    /** The printer drops a client without it after 65 s. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

    private static final Duration REGISTERED_WITHIN = Duration.ofSeconds(3);
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(10);

    /** So many gaps in the numbers of the changes mean that some were lost. */
    private static final int MAX_GAPS = 5;

    private static final int WRONG_TOKEN = 1000;

    private final String topic;
    private final String clientId;
    private final LongSupplier nanos;
    private final Listener listener;
    private final StatusMerger merger = new StatusMerger();
    private final PrintTrack track = new PrintTrack();

    /** Responses that are waited for, each at most for {@link #REPLY_LIMIT}, by request. */
    private final Map<Integer, Promise<LenientJson>> expected = new LinkedHashMap<>();

    private final Promise<Void> registered = Promise.promise();
    private @Nullable PrinterMqttConnection mqtt;
    private int lastId;
    private long pingedAt;
    private @Nullable Long lastChange;
    private int gaps;
    private boolean hasStatus;

    /** What happens on a connection, on the session's event loop. */
    interface Listener {
        /** The status may have changed. */
        void onUpdate();

        /** The connection cannot be used any more. */
        void onLost(Cc2Connection source);
    }

    /** @param clientId unique among the clients of the printer */
    Cc2Connection(String serial, String clientId, LongSupplier nanos, Listener listener) {
        this.topic = "elegoo/" + serial + "/";
        this.clientId = clientId;
        this.nanos = nanos;
        this.listener = listener;
    }

    /** Registers over an open connection. Fails with a {@link PrinterException}. */
    Future<Cc2Connection> register(PrinterMqttConnection opened) {
        mqtt = opened;
        pingedAt = nanos.getAsLong();
        JsonObject request = new JsonObject().put("client_id", clientId).put("request_id", requestId());
        return opened.subscribe(topic + requestId() + "/register_response")
                .compose(done -> opened.subscribe(topic + "api_status"))
                .compose(done -> opened.subscribe(topic + clientId + "/api_response"))
                .compose(done -> opened.publish(topic + "api_register", bytes(request)))
                .compose(done -> ReplyTimer.within(REGISTERED_WITHIN, registered.future(), Cc2Connection::unanswered))
                .map(done -> this);
    }

    private static PrinterException unanswered() {
        return new PrinterException(
                FailureReason.TIMEOUT,
                "the printer does not answer the registration: check the serial number, and that LAN mode is on");
    }

    private String requestId() {
        return clientId + "_reg";
    }

    private static byte[] bytes(JsonObject message) {
        return message.toBuffer().getBytes();
    }

    /** Whether the printer reports by itself. */
    boolean isReady() {
        return hasStatus && isOpen();
    }

    boolean isOpen() {
        return mqtt != null && mqtt.isOpen();
    }

    /** The newest status; only once there is one. */
    Reading reading() {
        return Cc2Mapper.reading(merger.status(), track);
    }

    /** Completes when the whole status has arrived. Fails with a {@link PrinterException}. */
    Future<Reading> requestStatus() {
        pingIfDue();
        return request(Cc2Command.status()).map(response -> {
            Integer code = response.integer("result", "error_code");
            if (code != null && code == WRONG_TOKEN) {
                throw new PrinterException(FailureReason.AUTH, "the printer refuses the access code");
            }
            if (!hasStatus) {
                throw new PrinterException(FailureReason.UNREADABLE, "the answer has no machine_status");
            }
            return reading();
        });
    }

    /** Fails with a {@link io.github.printer2mqtt.driver.CommandRefusedException} or a {@link PrinterException}. */
    Future<Void> execute(Cc2Command command) {
        return request(command).map(response -> {
            Integer code = response.integer("result", "error_code");
            if (code == null) {
                throw new PrinterException(
                        FailureReason.UNREADABLE, "the printer did not say whether it executed the command");
            }
            RuntimeException refusal = Cc2Command.refusal(code);
            if (refusal != null) {
                throw refusal;
            }
            return null;
        });
    }

    private Future<LenientJson> request(Cc2Command command) {
        int id = ++lastId;
        Promise<LenientJson> response = Promise.promise();
        expected.put(id, response);
        send(command.message(id));
        return ReplyTimer.within(
                        REPLY_LIMIT,
                        response.future(),
                        () -> new PrinterException(
                                FailureReason.TIMEOUT,
                                "the printer did not reply within " + REPLY_LIMIT.toSeconds() + " s"))
                .onComplete(done -> expected.remove(id));
    }

    private void send(JsonObject message) {
        PrinterMqttConnection open = mqtt;
        if (open != null) {
            // A failure shows as a lost connection or as silence.
            Future<Void> unused = open.publish(topic + clientId + "/api_request", bytes(message));
        }
    }

    private void pingIfDue() {
        long now = nanos.getAsLong();
        if (now - pingedAt >= PING_INTERVAL.toNanos()) {
            pingedAt = now;
            send(new JsonObject().put("type", "PING"));
        }
    }

    /** Texts that are no JSON are skipped. */
    @Override
    public void onMessage(String from, byte[] payload) {
        try {
            Map<String, Object> members = BoundedJson.object(Buffer.buffer(payload));
            if (members == null) {
                return;
            }
            LenientJson message = LenientJson.of(members);
            if (from.equals(topic + requestId() + "/register_response")) {
                onRegistered(message);
            } else if (from.equals(topic + "api_status")) {
                onChange(message);
            } else if (from.equals(topic + clientId + "/api_response")) {
                onResponse(message);
            }
        } catch (PrinterException e) {
            onClosed(e);
        }
    }

    private void onRegistered(LenientJson message) {
        String error = message.text("error");
        if ("ok".equals(error)) {
            registered.tryComplete();
        } else {
            boolean isFull = error != null && error.contains("too many");
            registered.tryFail(
                    isFull
                            ? new PrinterException(
                                    FailureReason.BUSY,
                                    "the printer serves no more clients: close other programs, or switch it off and on")
                            : new PrinterException(
                                    FailureReason.UNREADABLE, "the printer refuses the registration: " + error));
        }
    }

    /** Before the whole status is known nothing is made up from changes. */
    private void onChange(LenientJson message) {
        Map<?, ?> changes = message.members("result");
        if (!hasStatus || changes == null || !Integer.valueOf(6000).equals(message.integer("method"))) {
            return;
        }
        merger.merge(changes);
        track.update(merger.status());
        pingIfDue();
        countGaps(message.whole("id"));
        listener.onUpdate();
    }

    private void countGaps(@Nullable Long id) {
        Long before = lastChange;
        lastChange = id;
        gaps = id == null || before == null || id == before + 1 ? gaps : gaps + 1;
        if (gaps >= MAX_GAPS) {
            gaps = 0;
            send(Cc2Command.status().message(++lastId));
        }
    }

    private void onResponse(LenientJson message) {
        Map<?, ?> whole = message.members("result");
        boolean isStatus = Integer.valueOf(Cc2Command.STATUS).equals(message.integer("method"));
        if (isStatus && whole != null && message.integer("result", "machine_status", "status") != null) {
            merger.replace(whole);
            track.update(merger.status());
            hasStatus = true;
            gaps = 0;
            listener.onUpdate();
        }
        Integer id = message.integer("id");
        Promise<LenientJson> response = id == null ? null : expected.get(id);
        if (response != null) {
            response.tryComplete(message);
        }
    }

    @Override
    public void onClosed(PrinterException reason) {
        close(reason);
        listener.onLost(this);
    }

    /** May be called more than once. */
    void close(PrinterException reason) {
        PrinterMqttConnection open = mqtt;
        mqtt = null;
        registered.tryFail(reason);
        Map.copyOf(expected).values().forEach(response -> response.tryFail(reason));
        expected.clear();
        if (open != null) {
            open.close();
        }
    }
}
