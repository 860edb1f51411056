package io.github.printer2mqtt.net;

import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.PrinterAddress;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
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

    /** Provisional answers (1xx) in one exchange. */
    private static final int MOST_PROMISES = 32;

    /** One printer binds its nonces to it: it must never change. */
    private static final String USER_AGENT = "printer2mqtt";

    private final Context context;
    private final PrinterClients clients;
    private final LoopTimers timers;
    private final PrinterAddress address;
    private final @Nullable ClientSSLOptions tls;
    private @Nullable Future<HttpClientConnection> connecting;
    private @Nullable HttpClientConnection connection;
    private @Nullable InetAddress connectedTo;
    private @Nullable Running<?> running;
    private long answersOnConnection;

    Line(
            Context context,
            PrinterClients clients,
            LoopTimers timers,
            PrinterAddress address,
            @Nullable String fingerprint) {
        this.context = context;
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
            running.end(new ExchangeAbortedException());
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
        private boolean headArrived;
        private int promises;

        Running(InetAddress ip, Duration limit) {
            this.ip = ip;
            this.limit = limit;
        }

        @Override
        public Future<Answer> send(Ask ask) {
            boolean reused = connection != null && answersOnConnection > 0;
            return sendOnce(ask)
                    .recover(failure -> {
                        boolean nothingCame = !headArrived && Faults.isCutBeforeAnswer(failure);
                        boolean mayRepeat = reused && nothingCame && ask.purpose() == Ask.Purpose.READ && !over;
                        return mayRepeat ? sendOnce(ask) : Future.failedFuture(failure);
                    })
                    .onFailure(failure -> closeConnection()); // what else it holds belongs to no question of ours
        }

        private Future<Answer> sendOnce(Ask ask) {
            if (over) {
                return Future.failedFuture(new PrinterFault(MissReason.TIMEOUT, null));
            }
            headArrived = false;
            return connected(ip, limit)
                    .compose(open -> open.request(options(ask)))
                    .compose(request -> send(heedingPromises(request), ask))
                    .compose(this::read)
                    .compose(this::afterAllThatCameWithIt);
        }

        private RequestOptions options(Ask ask) {
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.valueOf(ask.method().name()))
                    .setURI(address.path() + ask.path())
                    .putHeader("User-Agent", USER_AGENT);
            ask.headers().forEach(options::putHeader);
            return options;
        }

        /** Each costs little, and a flood of them all our time. */
        private HttpClientRequest heedingPromises(HttpClientRequest request) {
            return request.continueHandler(promise -> onPromise()).earlyHintsHandler(hints -> onPromise());
        }

        private void onPromise() {
            promises++;
            if (promises > MOST_PROMISES) {
                end(new PrinterFault(MissReason.UNREADABLE, "promises an answer again and again"));
            }
        }

        private Future<HttpClientResponse> send(HttpClientRequest request, Ask ask) {
            if (over) {
                request.reset(); // the connection was there too late: whoever asked is gone
                return Future.failedFuture(new PrinterFault(MissReason.TIMEOUT, null));
            }
            if (ask.body() != null) {
                return request.putHeader("Content-Type", "application/json").send(Buffer.buffer(ask.body()));
            }
            // Small servers want to be told that a request which changes something has no body.
            return ask.method() == Ask.Method.POST || ask.method() == Ask.Method.PUT
                    ? request.putHeader("Content-Length", "0").send(Buffer.buffer())
                    : request.send();
        }

        private Future<Answer> read(HttpClientResponse response) {
            headArrived = true;
            return CappedBody.of(response, BODY_CAP_BYTES, this::end).map(body -> {
                answersOnConnection++;
                if (closes(response)) {
                    closeConnection();
                }
                return answer(response, body);
            });
        }

        /**
         * A second answer in the same packet finds no question then, which closes the connection; at once, it would be
         * taken for the answer to the next question.
         */
        private Future<Answer> afterAllThatCameWithIt(Answer answer) {
            Promise<Answer> later = Promise.promise();
            context.runOnContext(now -> later.complete(answer));
            return later.future();
        }

        /** Ends the exchange before its work is done, and its connection with it. */
        private void end(RuntimeException why) {
            if (!over) {
                over = true;
                closeConnection();
                result.tryFail(why);
            }
        }

        private void finish(AsyncResult<T> done) {
            over = true;
            if (equals(running)) {
                running = null; // thousands of lines would keep their last answer
            }
            if (done.succeeded()) {
                result.tryComplete(done.result());
            } else {
                result.tryFail(Faults.of(done.cause()));
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
