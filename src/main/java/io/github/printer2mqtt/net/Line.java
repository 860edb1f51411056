package io.github.printer2mqtt.net;

import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.PrinterAddress;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * At most one connection to one printer and the exchange that runs over it. Belongs to one event loop.
 *
 * <p>A web client of its own for each line, so that the connection is known and can be closed (measured way: the connect
 * handler keeps it). Costs about 5 KiB and no timer, since the pool's cleaner is off; a kept connection that the printer
 * closed meanwhile is noticed at the next request, which is then sent once more on a new one.
 */
final class Line {
    private static final int BODY_CAP_BYTES = 1024 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** One printer binds its nonces to it: it must never change. */
    private static final String USER_AGENT = "printer2mqtt";

    private final Vertx vertx;
    private final PrinterAddress address;
    private final HttpClientAgent transport;
    private final WebClient client;
    private @Nullable HttpConnection connection;
    private @Nullable Running<?> running;
    private long answersOnConnection;

    Line(Vertx vertx, PrinterAddress address, @Nullable String fingerprint, Duration limit) {
        this.vertx = vertx;
        this.address = address;
        this.transport = vertx.httpClientBuilder()
                .with(options(address, fingerprint, limit))
                .with(new PoolOptions()
                        .setHttp1MaxSize(1)
                        .setMaxWaitQueueSize(1)
                        .setCleanerPeriod(0))
                .withConnectHandler(this::onConnect)
                .build();
        this.client = WebClient.wrap(
                transport, new WebClientOptions().setFollowRedirects(false).setUserAgent(USER_AGENT));
    }

    private static HttpClientOptions options(PrinterAddress address, @Nullable String fingerprint, Duration limit) {
        int limitMillis = (int) limit.toMillis();
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(limitMillis)
                .setSslHandshakeTimeout(limitMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setDecompressionSupported(false)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(8192);
        if (address.isTls()) {
            options.setSsl(true).setVerifyHost(fingerprint == null);
            if (fingerprint != null) {
                options.setTrustOptions(TrustOptions.wrap(CertificatePin.of(fingerprint)));
            }
        }
        return options;
    }

    /** Runs one exchange; the caller never has two on one line. */
    <T> Future<T> run(InetAddress ip, Duration limit, Function<Exchange, Future<T>> body) {
        Running<T> exchange = new Running<>(SocketAddress.inetSocketAddress(address.port(), ip.getHostAddress()));
        running = exchange;
        long timer = vertx.setTimer(limit.toMillis(), fired -> exchange.end(Faults.timeout(limit)));
        Future<T> work;
        try {
            work = body.apply(exchange);
        } catch (RuntimeException e) {
            work = Future.failedFuture(e);
        }
        work.onComplete(done -> {
            vertx.cancelTimer(timer);
            exchange.finish(done);
        });
        return exchange.result.future();
    }

    void close() {
        if (running != null) {
            running.end(new PrinterFault(MissReason.DISCONNECTED, "no longer watched"));
        }
        transport.close();
    }

    private void onConnect(HttpConnection opened) {
        if (running == null || running.over) {
            opened.close(); // it came after the deadline of the exchange that asked for it
            return;
        }
        connection = opened;
        answersOnConnection = 0;
        opened.closeHandler(gone -> {
            if (opened.equals(connection)) {
                connection = null;
            }
        });
    }

    private void closeConnection() {
        HttpConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    /** One exchange under its deadline. */
    private final class Running<T> implements Exchange {
        private final SocketAddress ip;
        private final Promise<T> result = Promise.promise();
        private boolean over;

        Running(SocketAddress ip) {
            this.ip = ip;
        }

        @Override
        public Future<Answer> send(Ask ask) {
            boolean reused = connection != null && answersOnConnection > 0;
            return sendOnce(ask).recover(failure -> {
                boolean mayRepeat = reused && ask.purpose() == Ask.Purpose.READ && !over && Faults.isCut(failure);
                return mayRepeat ? sendOnce(ask) : Future.failedFuture(failure);
            });
        }

        private Future<Answer> sendOnce(Ask ask) {
            if (over) {
                return Future.failedFuture(new PrinterFault(MissReason.TIMEOUT, null));
            }
            HttpRequest<Buffer> request = client.request(
                    HttpMethod.valueOf(ask.method().name()),
                    ip,
                    address.port(),
                    address.host(),
                    address.path() + ask.path());
            ask.headers().forEach(request::putHeader);
            HttpRequest<Buffer> capped = request.as(() -> new CappedBody(BODY_CAP_BYTES, this::end));
            return send(capped, ask).map(response -> {
                answersOnConnection++;
                return answer(response);
            });
        }

        private Future<HttpResponse<Buffer>> send(HttpRequest<Buffer> request, Ask ask) {
            if (ask.body() != null) {
                return request.putHeader("Content-Type", "application/json").sendBuffer(Buffer.buffer(ask.body()));
            }
            // Small servers want to be told that a request which changes something has no body.
            return ask.method() == Ask.Method.POST || ask.method() == Ask.Method.PUT
                    ? request.sendBuffer(Buffer.buffer())
                    : request.send();
        }

        /** Ends the exchange before its work is done, and its connection with it. */
        private void end(PrinterFault why) {
            if (!over) {
                over = true;
                closeConnection();
                result.tryFail(why);
            }
        }

        private void finish(AsyncResult<T> done) {
            over = true;
            if (done.succeeded()) {
                result.tryComplete(done.result());
            } else {
                result.tryFail(Faults.of(done.cause()));
            }
        }
    }

    private static Answer answer(HttpResponse<Buffer> response) {
        if (REDIRECTS.contains(response.statusCode())) {
            throw new PrinterFault(
                    MissReason.REDIRECTED,
                    "HTTP " + response.statusCode() + ": the address sends us elsewhere; register where it leads");
        }
        Buffer body = response.body();
        return new Answer(response.statusCode(), headers(response.headers()), body == null ? Buffer.buffer() : body);
    }

    private static Map<String, List<String>> headers(MultiMap headers) {
        Map<String, List<String>> byName = new HashMap<>();
        for (String name : headers.names()) {
            byName.put(name.toLowerCase(Locale.ROOT), headers.getAll(name));
        }
        return byName;
    }
}
