package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to Klipper's objects over Moonraker's web socket and merges what it reports. Belongs to the session's event
 * loop.
 *
 * <p>A subscription ends when Klipper restarts, and a new one replaces it, so that every poll subscribes: the answer is the
 * whole status. Changes of {@code webhooks} from and to startup are not reported (Arksine/moonraker#954), so there is no
 * push while Klipper is not ready.
 */
final class MoonrakerSocket implements JsonRpc.Listener {
    private static final String PATH = "/websocket";

    /** Of a change, far more than the subscribed fields have. */
    private static final int MAX_CHANGE_BYTES = 16 * 1024;

    private final Map<String, String> headers;
    private final Credentials credentials;
    private final String credentialsAdvice;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final StatusReader reader;
    private final PushedSession.Listener listener;

    private @Nullable JsonRpc rpc;
    private @Nullable KlipperObjects objects;
    private Set<Capability> missing = Set.of();
    private MoonrakerMerger merger = MoonrakerMerger.of(Map.of());
    private boolean isListUsable;
    private boolean isReady;

    /** Whether the connection brought a reading, so that a loss of it ends the session. */
    private boolean isEstablished;

    MoonrakerSocket(
            Map<String, String> headers,
            Credentials credentials,
            String credentialsAdvice,
            PrinterHttp http,
            Duration timeout,
            LongSupplier nanos,
            StatusReader reader,
            PushedSession.Listener listener) {
        this.headers = headers;
        this.credentials = credentials;
        this.credentialsAdvice = credentialsAdvice;
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
        return rpc != null && rpc.isOpen();
    }

    /** Connects if necessary, and subscribes. Fails like {@link PrinterHttp#openWebSocket}, too. */
    Future<Reading> poll() {
        long end = nanos.getAsLong() + timeout.toNanos();
        return connected(end)
                .compose(open -> open.within(left(end), () -> subscribe(open))
                        .compose(known ->
                                reader.read(merger.status(), known, missing, new SocketLookups(open, left(end)))))
                .onSuccess(reading -> isEstablished = isOpen())
                .onFailure(this::onFailedPoll);
    }

    /** The newest status by the changes so far. */
    Future<Reading> latest() {
        JsonRpc open = rpc;
        KlipperObjects known = objects;
        if (open == null || known == null) {
            return Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "nothing is subscribed"));
        }
        return reader.read(merger.status(), known, missing, new SocketLookups(open, timeout));
    }

    void close() {
        JsonRpc open = rpc;
        forget();
        if (open != null) {
            open.close();
        }
    }

    private Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - nanos.getAsLong()));
    }

    private Future<JsonRpc> connected(long end) {
        JsonRpc open = rpc;
        if (open != null && open.isOpen()) {
            return Future.succeededFuture(open);
        }
        JsonRpc opening = new JsonRpc(this);
        return http.openWebSocket(PATH, headers, timeout, opening).compose(socket -> {
            opening.attach(socket);
            rpc = opening;
            return opening.within(left(end), () -> identify(opening)).map(opening);
        });
    }

    /** Older versions do not know the call; they have checked the key in the header of the handshake. */
    private Future<Void> identify(JsonRpc open) {
        JsonObject client = new JsonObject()
                .put("client_name", "printer2mqtt")
                .put("version", "1")
                .put("type", "bot")
                .put("url", "https://github.com/printer2mqtt/printer2mqtt");
        if (credentials.apiKey() != null) {
            client.put("api_key", credentials.apiKey().reveal());
        }
        return open.call("server.connection.identify", client.encode()).map(response -> {
            LenientJson error = response.at("error");
            if (MoonrakerErrorMapper.isUnauthorized(error)) {
                throw MoonrakerErrorMapper.ofReading(error, credentialsAdvice);
            }
            return null;
        });
    }

    private Future<KlipperObjects> subscribe(JsonRpc open) {
        return list(open)
                .compose(known -> open.call("printer.objects.subscribe", known.subscription())
                        .map(response -> onSubscribed(known, response)));
    }

    private Future<KlipperObjects> list(JsonRpc open) {
        KlipperObjects known = objects;
        return known != null && isListUsable
                ? Future.succeededFuture(known)
                : open.call("printer.objects.list", "{}").map(response -> {
                    List<String> names = response.texts("result", "objects");
                    return names.isEmpty() ? KlipperObjects.usual() : KlipperObjects.of(names);
                });
    }

    private KlipperObjects onSubscribed(KlipperObjects known, LenientJson response) {
        if (response.at("error").isObject()) {
            throw MoonrakerErrorMapper.ofReading(response.at("error"), credentialsAdvice);
        }
        Map<?, ?> status = response.members("result", "status");
        if (status == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no result.status");
        }
        merger = MoonrakerMerger.of(status);
        objects = known;
        isReady = MoonrakerMapper.isReady(merger.status());
        isListUsable = isReady; // the list of a Klipper that is not ready is incomplete
        if (isReady) {
            missing = known.missing();
        }
        return known;
    }

    /** Without Klipper the web socket stays open, because Moonraker reports when it is back. */
    private void onFailedPoll(Throwable failure) {
        if (failure instanceof PrinterException exception
                && exception.failure().reason() == FailureReason.DISCONNECTED) {
            reader.onDisconnected();
            onKlipperChanged();
        } else {
            boolean wasEstablished = isEstablished;
            close();
            reportLoss(wasEstablished);
        }
    }

    @Override
    public void onNotification(String method, List<?> params, int bytes) {
        switch (method) {
            case "notify_status_update" -> onChanges(params, bytes);
            case "notify_klippy_ready", "notify_klippy_shutdown", "notify_klippy_disconnected" -> {
                onKlipperChanged();
                listener.onPollNeeded();
            }
            default -> {}
        }
    }

    private void onChanges(List<?> params, int bytes) {
        if (bytes > MAX_CHANGE_BYTES) {
            throw new PrinterException(FailureReason.TOO_LARGE, "a change is larger than 16 KiB");
        }
        if (objects == null || params.isEmpty() || !(params.get(0) instanceof Map<?, ?> changes)) {
            return;
        }
        merger.merge(changes);
        boolean wasReady = isReady;
        isReady = isReady && MoonrakerMapper.isReady(merger.status());
        if (isReady) {
            listener.onUpdate();
        } else if (wasReady) {
            onKlipperChanged();
            listener.onPollNeeded();
        }
    }

    private void onKlipperChanged() {
        isReady = false;
        isListUsable = false;
    }

    @Override
    public void onClosed() {
        boolean wasEstablished = isEstablished;
        forget();
        reportLoss(wasEstablished);
    }

    private void reportLoss(boolean wasEstablished) {
        if (wasEstablished) {
            listener.onLost();
        }
    }

    private void forget() {
        rpc = null;
        isEstablished = false;
        objects = null;
        onKlipperChanged();
    }
}
