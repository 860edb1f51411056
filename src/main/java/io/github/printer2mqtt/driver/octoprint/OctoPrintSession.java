package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.driver.WebSocketFallback;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One printer behind OctoPrint: over its push socket, or by HTTP where {@link WebSocketFallback} decides so. Belongs to the
 * event loop of its {@link PrinterHttp}.
 */
final class OctoPrintSession implements PushedSession {
    private final OctoPrintRequests requests;
    private final OctoPrintPictures pictures;
    private final PrinterHttp http;
    private final StatusReader reader = new StatusReader();
    private final OctoPrintPoller poller;
    private final PushSocket socket;
    private final WebSocketFallback<Reading> fallback;

    OctoPrintSession(
            PrinterAddress address, Credentials credentials, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.requests = new OctoPrintRequests(credentials);
        this.pictures = new OctoPrintPictures(requests, address);
        this.http = http;
        this.poller = new OctoPrintPoller(requests, http, timeout, reader);
        this.fallback = new WebSocketFallback<>(nanos, this::isOpen, this::pollWebSocket, this::pollByHttp);
        this.socket = new PushSocket(requests, http, timeout, nanos, reader, fallback);
    }

    @Override
    public void listen(PushedSession.Listener monitor) {
        fallback.listen(monitor);
    }

    @Override
    public boolean isPushing() {
        return socket.isPushing();
    }

    @Override
    public @Nullable String fallback() {
        return fallback.reason();
    }

    @Override
    public Future<Reading> latest() {
        return socket.latest();
    }

    @Override
    public Future<Reading> poll() {
        return fallback.poll();
    }

    private boolean isOpen() {
        return socket.isOpen();
    }

    private Future<Reading> pollWebSocket() {
        return socket.poll();
    }

    private Future<Reading> pollByHttp() {
        socket.close();
        return poller.poll();
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        OctoPrintCommandRequest commandRequest = OctoPrintCommandRequest.of(command);
        PrinterRequest request =
                PrinterRequest.postJson(commandRequest.path(), requests.headers(), commandRequest.body());
        return http.onSecondConnection(COMMAND_LIMIT, exchange -> exchange.send(request))
                .compose(response -> HttpStatusFailure.isSuccess(response)
                        ? Future.succeededFuture()
                        : Future.failedFuture(HttpStatusFailure.ofCommand(
                                response,
                                requests.credentialsAdvice(),
                                LenientJson.ofBody(response).text("error"))));
    }

    @Override
    public Future<FoundPicture> findPicture(FoundPicture.Kind kind, Duration limit) {
        return http.onSecondConnection(
                limit,
                exchange -> kind == FoundPicture.Kind.THUMBNAIL
                        ? pictures.thumbnail(exchange)
                        : pictures.snapshot(exchange));
    }

    @Override
    public void close() {
        socket.close();
        http.close();
    }
}
