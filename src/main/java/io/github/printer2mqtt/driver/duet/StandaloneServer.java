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
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A board that responds itself. Source: {@code src/Networking/HttpResponder.cpp} of the firmware and {@code
 * PollConnector.ts} of Duet's own web page.
 */
final class StandaloneServer implements DuetServer {
    /** The board ends a session after 8 s without a request; logging in first saves the request that it would refuse. */
    private static final Duration SESSION_LIFE = Duration.ofSeconds(7);

    /** Live values with nulls, and the dialog where the firmware knows the last flag. */
    private static final String LIVE = "/rr_model?flags=d99fni";

    private final String password;
    private final LongSupplier nanos;
    private final ObjectModelKeys keys = new ObjectModelKeys();
    private @Nullable Long sessionKey;
    private long usedAt;

    StandaloneServer(String password, RrLogin login, LongSupplier nanos) {
        this.password = password;
        this.nanos = nanos;
        this.sessionKey = login.sessionKey();
        this.usedAt = nanos.getAsLong();
    }

    @Override
    public Future<DuetModel> read(Exchange exchange) {
        return send(exchange, LIVE, Purpose.READ)
                .compose(response -> response.status() == 503
                        ? releaseBuffers(exchange).compose(done -> send(exchange, LIVE, Purpose.READ))
                        : Future.succeededFuture(response))
                .map(response -> {
                    LenientJson live = result(response);
                    keys.onLive(live);
                    return DuetModel.ofLive(live);
                });
    }

    /** An unread reply to G-code occupies buffers until every session has read it. */
    private Future<?> releaseBuffers(Exchange exchange) {
        return send(exchange, ObjectModelKeys.REPLY, Purpose.READ);
    }

    @Override
    public Future<DuetModel> complete(DuetModel read, ReadingDeadline deadline) {
        return keys.update((exchange, path) -> send(exchange, path, Purpose.READ), deadline)
                .map(done -> keys.model(read.live()));
    }

    /** A refused request was not executed, so that it may follow a new login. */
    private Future<PrinterResponse> send(Exchange exchange, String path, Purpose purpose) {
        boolean isExpired = nanos.getAsLong() - usedAt > SESSION_LIFE.toNanos();
        Future<Void> ready = isExpired ? login(exchange) : Future.succeededFuture();
        return ready.compose(done -> exchange.send(request(path, purpose)))
                .compose(response -> response.status() == 401
                        ? login(exchange).compose(done -> exchange.send(request(path, purpose)))
                        : Future.succeededFuture(response))
                .onSuccess(response -> usedAt = nanos.getAsLong());
    }

    private Future<Void> login(Exchange exchange) {
        return exchange.send(PrinterRequest.get(RrLogin.path(password), Map.of()))
                .map(response -> {
                    sessionKey = RrLogin.of(response).sessionKey();
                    usedAt = nanos.getAsLong();
                    return null;
                });
    }

    private PrinterRequest request(String path, Purpose purpose) {
        Long key = sessionKey;
        Map<String, String> headers = key == null ? Map.of() : Map.of("X-Session-Key", key.toString());
        return new PrinterRequest(Method.GET, path, headers, null, purpose);
    }

    /** The result of {@code rr_model}. */
    static LenientJson result(PrinterResponse response) {
        LenientJson result = LenientJson.of(expected(response).json()).at("result");
        if (!result.isObject()) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer of rr_model has no result");
        }
        return result;
    }

    /** A refusal has an HTML page, which elsewhere is the sign of a proxy; an empty 503 means that no buffer is free. */
    static PrinterResponse expected(PrinterResponse response) {
        return switch (response.status()) {
            case 200 -> response;
            case 401 -> throw DuetServers.wrongPassword();
            case 503 -> throw new PrinterException(FailureReason.BUSY, "the board has no free buffers (HTTP 503)");
            default -> throw HttpStatusFailure.ofPoll(response, DuetServers.CREDENTIALS_ADVICE);
        };
    }

    @Override
    public Future<Void> send(Exchange exchange, String gcode) {
        return send(exchange, "/rr_gcode?gcode=" + RrLogin.encoded(gcode), Purpose.CHANGE)
                .map(response -> {
                    LenientJson answer = LenientJson.of(expected(response).json());
                    if (answer.names().contains("err") && !Integer.valueOf(0).equals(answer.integer("err"))) {
                        throw new CommandRefusedException(
                                CommandRefusedException.Reason.OTHER, "the board does not accept the command");
                    }
                    return null;
                });
    }

    @Override
    public boolean statesResults() {
        return false;
    }
}
