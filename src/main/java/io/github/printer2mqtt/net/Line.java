package io.github.printer2mqtt.net;

import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.PrinterAddress;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * At most one connection to one printer and the exchange that runs over it. Belongs to one event loop.
 *
 * <p>The connection is kept outside any pool, so that it is known and can be closed; one that the printer closed meanwhile
 * is noticed at the next request, which is then sent once more on a new one. A connect that outlives its exchange is
 * joined by the next one: there is never a second socket.
 */
final class Line {
    private static final int BODY_CAP_BYTES = 1024 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** One printer binds its nonces to it: it must never change. */
    private static final String USER_AGENT = "printer2mqtt";

    private final PrinterClients clients;
    private final LoopTimers timers;
    private final PrinterAddress address;
    private final @Nullable ClientSSLOptions tls;
    private @Nullable Future<HttpClientConnection> connecting;
    private @Nullable HttpClientConnection connection;
    private @Nullable InetAddress connectedTo;
    private @Nullable Running<?> running;
    private long answersOnConnection;

    Line(PrinterClients clients, LoopTimers timers, PrinterAddress address, @Nullable String fingerprint) {
        this.clients = clients;
        this.timers = timers;
        this.address = address;
        this.tls = address.isTls() ? tls(fingerprint) : null;
    }

    private static ClientSSLOptions tls(@Nullable String fingerprint) {
        return fingerprint == null
                ? new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS")
                : new ClientSSLOptions()
                        .setHostnameVerificationAlgorithm("")
                        .setTrustOptions(TrustOptions.wrap(CertificatePin.of(fingerprint)));
    }

    /** Runs one exchange; the caller never has two on one line. */
    <T> Future<T> run(InetAddress ip, Duration limit, Function<Exchange, Future<T>> body) {
        Running<T> exchange = new Running<>(ip, limit);
        running = exchange;
        Deadline deadline = Deadline.start(timers, limit, () -> exchange.end(Faults.timeout(limit)));
        Future<T> work;
        try {
            work = body.apply(exchange);
        } catch (RuntimeException e) {
            work = Future.failedFuture(e);
        }
        work.onComplete(done -> {
            deadline.cancel();
            exchange.finish(done);
        });
        return exchange.result.future();
    }

    void close() {
        if (running != null) {
            running.end(new PrinterFault(MissReason.DISCONNECTED, "no longer watched"));
        }
        closeConnection();
    }

    /** The kept connection, or a new one. */
    private Future<HttpClientConnection> connected(InetAddress ip, Duration limit) {
        HttpClientConnection kept = connection;
        if (kept != null && ip.equals(connectedTo)) {
            return Future.succeededFuture(kept);
        }
        closeConnection();
        Future<HttpClientConnection> underWay = connecting;
        if (underWay != null) {
            return underWay;
        }
        Future<HttpClientConnection> attempt = clients.connect(address, ip, tls, limit)
                .andThen((opened, failure) -> {
                    connecting = null;
                    if (opened != null) {
                        onConnect(opened, ip);
                    }
                });
        connecting = attempt.isComplete() ? null : attempt;
        return attempt;
    }

    private void onConnect(HttpClientConnection opened, InetAddress ip) {
        if (running == null || running.over) {
            opened.close(); // it came after the deadline of the exchange that asked for it
            return;
        }
        connection = opened;
        connectedTo = ip;
        answersOnConnection = 0;
        // What breaks a connection reaches whoever waits for an answer on it; without this it is an error in the log
        // too.
        opened.exceptionHandler(failure -> {});
        opened.closeHandler(gone -> {
            if (opened.equals(connection)) {
                connection = null;
            }
        });
    }

    private void closeConnection() {
        HttpClientConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    /** One exchange under its deadline. */
    private final class Running<T> implements Exchange {
        private final InetAddress ip;
        private final Duration limit;
        private final Promise<T> result = Promise.promise();
        private boolean over;

        Running(InetAddress ip, Duration limit) {
            this.ip = ip;
            this.limit = limit;
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
            return connected(ip, limit)
                    .compose(open -> open.request(options(ask)))
                    .compose(request -> send(request, ask))
                    .compose(this::read);
        }

        private RequestOptions options(Ask ask) {
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.valueOf(ask.method().name()))
                    .setURI(address.path() + ask.path())
                    .putHeader("User-Agent", USER_AGENT);
            ask.headers().forEach(options::putHeader);
            return options;
        }

        private Future<HttpClientResponse> send(HttpClientRequest request, Ask ask) {
            if (over) {
                return Future.failedFuture(new PrinterFault(MissReason.TIMEOUT, null));
            }
            if (ask.body() != null) {
                return request.putHeader("Content-Type", "application/json").send(Buffer.buffer(ask.body()));
            }
            // Small servers want to be told that a request which changes something has no body.
            return ask.method() == Ask.Method.POST || ask.method() == Ask.Method.PUT
                    ? request.send(Buffer.buffer())
                    : request.send();
        }

        private Future<Answer> read(HttpClientResponse response) {
            CappedBody body = new CappedBody(BODY_CAP_BYTES, this::end);
            response.exceptionHandler(body);
            response.endHandler(ended -> body.end());
            response.handler(body::write);
            return body.result().map(bytes -> {
                answersOnConnection++;
                if (closes(response)) {
                    closeConnection();
                }
                return answer(response, bytes);
            });
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
                Throwable failure = Faults.of(done.cause());
                if (failure instanceof PrinterFault fault && fault.miss().reason() == MissReason.REDIRECTED) {
                    closeConnection(); // whoever sends us elsewhere is not our printer
                }
                result.tryFail(failure);
            }
        }
    }

    /** Whether the printer ends the connection after its answer: RFC 9112, section 9.3. */
    private static boolean closes(HttpClientResponse response) {
        String connection = response.getHeader(HttpHeaders.CONNECTION);
        return response.version() == HttpVersion.HTTP_1_0
                ? !"keep-alive".equalsIgnoreCase(connection)
                : "close".equalsIgnoreCase(connection);
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        if (REDIRECTS.contains(response.statusCode())) {
            throw new PrinterFault(
                    MissReason.REDIRECTED,
                    "HTTP " + response.statusCode() + ": the address sends us elsewhere; register where it leads");
        }
        return new Answer(response.statusCode(), headers(response.headers()), body);
    }

    private static Map<String, List<String>> headers(MultiMap headers) {
        Map<String, List<String>> byName = new HashMap<>();
        for (String name : headers.names()) {
            byName.put(name.toLowerCase(Locale.ROOT), headers.getAll(name));
        }
        return byName;
    }
}
