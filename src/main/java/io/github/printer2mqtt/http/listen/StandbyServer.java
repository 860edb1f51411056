package io.github.printer2mqtt.http.listen;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.http.security.ProblemMapper;
import io.github.printer2mqtt.net.ListenFailure;
import io.github.printer2mqtt.net.tls.CertifiedKey;
import io.github.printer2mqtt.net.tls.PemPair;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API of a node that stands by, at the address that it serves when it works: it is alive, not ready, and has nothing to
 * show, because the users and their rights are read when it starts to work.
 */
public final class StandbyServer {
    private static final byte[] ALIVE = "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8);
    private static final int IDLE_SECONDS = 10;
    private static final long STOP_MILLIS = 100;

    private final Vertx vertx;
    private final BridgeConfig.Http config;
    private final Supplier<String> detail;
    private @Nullable HttpServer server;

    /** @param detail which node works, for people; called on the event loop */
    public StandbyServer(Vertx vertx, BridgeConfig.Http config, Supplier<String> detail) {
        this.vertx = vertx;
        this.config = config;
        this.detail = detail;
    }

    /** Fails with an {@link IOException} with a one-line message if the port cannot be bound. */
    public Future<Void> start() {
        return options().compose(options -> {
            HttpServer created = vertx.createHttpServer(options);
            server = created;
            return created.invalidRequestHandler(ProblemMapper::sendInvalidRequest)
                    .requestHandler(this::answer)
                    .listen()
                    .<Void>mapEmpty()
                    .recover(cause -> Future.failedFuture(new IOException(
                            new ListenFailure("http", "the API").line(config.host(), config.port(), cause), cause)));
        });
    }

    /** The bound port, or the configured one while it does not listen. */
    public int port() {
        HttpServer listening = server;
        return listening == null ? config.port() : listening.actualPort();
    }

    public Future<Void> stop() {
        HttpServer listening = server;
        server = null;
        return listening == null ? Future.succeededFuture() : listening.shutdown(STOP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Future<HttpServerOptions> options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(ClientLimits.MAX_REQUEST_LINE)
                .setMaxHeaderSize(ClientLimits.MAX_HEADERS)
                .setIdleTimeout(IDLE_SECONDS);
        BridgeConfig.Http.Tls files = config.tls();
        return files == null
                ? Future.succeededFuture(options)
                : vertx.executeBlocking(() -> CertifiedKey.of(
                                PemPair.read("http.tls", files.certificate(), files.key(), files.keyPassword())))
                        .map(certificate -> options.setSsl(true)
                                .setKeyCertOptions(
                                        CertificateReload.options(certificate).getKeyCertOptions()));
    }

    private void answer(HttpServerRequest request) {
        String prefix = config.pathPrefix();
        String path = request.path();
        String below = path != null && prefix != null && path.startsWith(prefix + "/")
                ? path.substring(prefix.length())
                : path;
        if ("/health/live".equals(below)) {
            ApiResponse.json(200, ALIVE).send(request);
        } else {
            ProblemMapper.send(request, Problem.of(503, "standby", detail.get()).withHeader("Retry-After", "5"));
        }
    }
}
