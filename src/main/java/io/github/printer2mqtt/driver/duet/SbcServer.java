package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterRequest.Purpose;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * DuetSoftwareFramework on a single-board computer. Source: {@code MachineController.cs} and {@code
 * SessionKeyAuthenticationHandler.cs} of DuetWebServer.
 */
final class SbcServer implements DuetServer {
    /** By default the server ends a session after 8 s without a request. */
    private static final Duration SESSION_LIFE = Duration.ofSeconds(7);

    /** Since 3.4.6. */
    private static final String STATUS = "/machine/status";

    private static final String MODEL = "/machine/model";
    private static final String WEB_SOCKET = "/machine";

    /** The {@code type} of an error in {@code messages}. */
    private static final Integer ERROR_MESSAGE = 2;

    private final String password;
    private final boolean needsLogin;
    private final LongSupplier nanos;
    private String statusPath = STATUS;
    private @Nullable String sessionKey;
    private long usedAt;

    /** @param needsLogin whether a password was registered; without one the server needs no session */
    SbcServer(String password, boolean needsLogin, LongSupplier nanos) {
        this.password = password;
        this.needsLogin = needsLogin;
        this.nanos = nanos;
    }

    @Override
    public Future<DuetModel> read(Exchange exchange) {
        return document(exchange).map(document -> {
            LenientJson model = LenientJson.of(document);
            return DuetModel.ofWhole(model, errorText(model));
        });
    }

    /** The whole object model. Fails with a {@link PrinterException}. */
    Future<Map<String, Object>> document(Exchange exchange) {
        return send(exchange, get(statusPath))
                .compose(response -> {
                    if (response.status() == 404 && statusPath.equals(STATUS)) {
                        statusPath = MODEL;
                        return send(exchange, get(statusPath));
                    }
                    return Future.succeededFuture(response);
                })
                .map(response -> expected(response).json().getMap());
    }

    private static PrinterRequest get(String path) {
        return PrinterRequest.get(path, Map.of());
    }

    /** The newest error among the messages; null if there is none. */
    static @Nullable String errorText(LenientJson model) {
        return model.elements("messages").stream()
                .filter(message -> ERROR_MESSAGE.equals(message.integer("type")))
                .map(message -> Objects.requireNonNullElse(message.text("content"), ""))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** A single document has everything. */
    @Override
    public Future<DuetModel> complete(DuetModel read, ReadingDeadline deadline) {
        return Future.succeededFuture(read);
    }

    /** A refused request was not executed, so that it may follow a new login. */
    private Future<PrinterResponse> send(Exchange exchange, PrinterRequest request) {
        boolean isExpired = needsLogin && (sessionKey == null || nanos.getAsLong() - usedAt > SESSION_LIFE.toNanos());
        Future<Void> ready = isExpired ? login(exchange) : Future.succeededFuture();
        return ready.compose(done -> exchange.send(withKey(request)))
                .compose(response -> isRefused(response)
                        ? login(exchange).compose(done -> exchange.send(withKey(request)))
                        : Future.succeededFuture(response))
                .onSuccess(response -> usedAt = nanos.getAsLong());
    }

    /**
     * The path of the web socket. Logs in if a password was registered, since the server refuses a web socket with a session that has
     * ended; the key of the session can stand in the query only.
     */
    Future<String> webSocketPath(Exchange exchange) {
        return needsLogin
                ? login(exchange).map(done -> WEB_SOCKET + "?sessionKey=" + RrLogin.encoded(String.valueOf(sessionKey)))
                : Future.succeededFuture(WEB_SOCKET);
    }

    /** A message came over the web socket, which keeps the session. */
    void onPush() {
        usedAt = nanos.getAsLong();
    }

    private Future<Void> login(Exchange exchange) {
        return exchange.send(get("/machine/connect?password=" + RrLogin.encoded(password)))
                .map(response -> {
                    String key = LenientJson.of(expected(response).json()).text("sessionKey");
                    if (key == null) {
                        throw new PrinterException(
                                FailureReason.UNREADABLE, "the answer of /machine/connect has no sessionKey");
                    }
                    sessionKey = key;
                    usedAt = nanos.getAsLong();
                    return null;
                });
    }

    private PrinterRequest withKey(PrinterRequest request) {
        String key = sessionKey;
        return key == null
                ? request
                : new PrinterRequest(
                        request.method(),
                        request.path(),
                        Map.of("X-Session-Key", key),
                        request.body(),
                        request.purpose());
    }

    /** The code challenges with 401, its description says 403. */
    private static boolean isRefused(PrinterResponse response) {
        return response.status() == 401 || response.status() == 403;
    }

    private static PrinterResponse expected(PrinterResponse response) {
        if (isRefused(response)) {
            throw DuetServers.wrongPassword();
        }
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, DuetServers.CREDENTIALS_ADVICE);
        }
        return response;
    }

    /** Asynchronously: otherwise the response comes when the code has been executed, which may take as long as a print. */
    @Override
    public Future<Void> send(Exchange exchange, String gcode) {
        PrinterRequest request =
                new PrinterRequest(Method.POST, "/machine/code?async=true", Map.of(), gcode, Purpose.CHANGE);
        return send(exchange, request).map(response -> {
            String error = ReplyText.error(expected(response).body().toString(StandardCharsets.UTF_8));
            if (error != null) {
                throw new CommandRefusedException(CommandRefusedException.Reason.OTHER, error);
            }
            return null;
        });
    }

    @Override
    public boolean statesResults() {
        return true;
    }
}
