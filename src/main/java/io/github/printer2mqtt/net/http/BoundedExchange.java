package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One exchange under its deadline. It closes the connection that it uses itself and no other. Belongs to one event loop. */
final class BoundedExchange<T> implements Exchange {
    private static final int BODY_CAP_BYTES = 1024 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Interim responses (1xx) in one exchange: each costs little, and a flood of them all our time. */
    private static final int MOST_INTERIM_RESPONSES = 32;

    /** One printer binds its nonces to it: it must never change. */
    private static final String USER_AGENT = "printer2mqtt";

    private final Context context;
    private final PrinterConnection line;
    private final PrinterAddresses addresses;
    private final List<InetAddress> order;
    private final Duration limit;
    private final Promise<T> result = Promise.promise();
    private @Nullable OpenConnection connection;

    private Delivery delivery = Delivery.NOT_SENT; // of the newest request
    private boolean over;
    private boolean answered;
    private int next;
    private int interimResponses;

    BoundedExchange(
            Context context,
            PrinterConnection line,
            PrinterAddresses addresses,
            List<InetAddress> order,
            Duration limit) {
        this.context = context;
        this.line = line;
        this.addresses = addresses;
        this.order = order;
        this.limit = limit;
    }

    /** Runs the requests of the body; the deadline starts now. */
    Future<T> run(LoopTimers timers, Function<Exchange, Future<T>> body) {
        Deadline deadline = Deadline.start(timers, limit, () -> end(FailureClassifier.timeout(limit)));
        Future<T> work;
        try {
            work = body.apply(this);
        } catch (RuntimeException | Error e) {
            work = Future.failedFuture(e);
        }
        work.onComplete(done -> {
            deadline.cancel();
            finish(done);
        });
        return result.future();
    }

    boolean isOver() {
        return over;
    }

    /** Ends the exchange before its work is done, and its connection with it. */
    void end(PrinterException why) {
        fail(why.with(delivery));
    }

    /** Ends the exchange because the bridge wants no answer any more. */
    void abort() {
        fail(new Exchange.AbortedException(delivery));
    }

    private void fail(RuntimeException why) {
        if (!over) {
            over = true;
            closeConnection();
            noteSilence();
            result.tryFail(why);
        }
    }

    private void finish(AsyncResult<T> done) {
        if (!over && done.failed()) {
            noteSilence();
        }
        over = true;
        line.onFinished(this);
        if (done.succeeded()) {
            result.tryComplete(done.result());
        } else {
            result.tryFail(FailureClassifier.of(done.cause()));
        }
    }

    private void noteSilence() {
        if (!answered) {
            addresses.onSilence(order.get(next), order);
        }
    }

    private void closeConnection() {
        OpenConnection own = connection;
        connection = null;
        if (own != null) {
            own.close();
        }
    }

    @Override
    public Future<PrinterResponse> send(PrinterRequest ask) {
        Attempt first = new Attempt(ask);
        return first.send()
                .recover(failure -> {
                    if (!first.mayRepeat()) {
                        return Future.failedFuture(failure);
                    }
                    closeConnection();
                    return new Attempt(ask).send();
                })
                .onFailure(failure -> closeConnection()) // what else it holds belongs to no request of ours
                .recover(failure -> Future.failedFuture(FailureClassifier.of(failure, delivery)));
    }

    /** One request, sent once. */
    private final class Attempt {
        private final PrinterRequest ask;
        private boolean connected;
        private boolean reused;
        private boolean headArrived;
        private @Nullable Throwable failure;
        private @Nullable Throwable failureOfAnswer;

        Attempt(PrinterRequest ask) {
            this.ask = ask;
        }

        Future<PrinterResponse> send() {
            if (over) {
                return Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null));
            }
            delivery = Delivery.NOT_SENT;
            return connection()
                    .compose(this::begin)
                    .compose(request -> handOver(request).onFailure(cause -> onNoHead(request, cause)))
                    .compose(this::read)
                    .compose(BoundedExchange.this::afterAllThatCameWithIt)
                    .recover(this::onFailure);
        }

        /** Where nothing listens the next address is tried at once; the deadline bounds them all. */
        private Future<OpenConnection> connection() {
            return line.connection(order.get(next), limit, ask.purpose()).recover(cause -> {
                if (over || next + 1 >= order.size() || !FailureClassifier.isRefusedAtOnce(cause)) {
                    return Future.failedFuture(cause);
                }
                next++;
                return connection();
            });
        }

        /** Without the reset Vert.x gives a second head in the same packet to this request and fails in the log. */
        private void onNoHead(HttpClientRequest request, Throwable cause) {
            failureOfAnswer = cause;
            request.reset();
        }

        /** What the HTTP client makes of an answer is the printer's fault, however the client puts it. */
        private Future<PrinterResponse> onFailure(Throwable cause) {
            failure = cause;
            return Future.failedFuture(cause.equals(failureOfAnswer) ? FailureClassifier.ofAnswer(cause) : cause);
        }

        /**
         * A request that was not handed to an open connection was surely not sent. One that was may have been read,
         * unless it only reads: a kept connection may be closed at the very moment it is used again.
         */
        boolean mayRepeat() {
            boolean surelyNotSent = connected && delivery == Delivery.NOT_SENT;
            boolean readOnKeptConnection = reused && !headArrived && ask.purpose() == PrinterRequest.Purpose.READ;
            return !over
                    && (surelyNotSent || readOnKeptConnection)
                    && failure != null
                    && FailureClassifier.isCutBeforeAnswer(failure);
        }

        private Future<HttpClientRequest> begin(OpenConnection open) {
            if (over) {
                return Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null));
            }
            connection = open;
            connected = true;
            reused = open.isUsed();
            return open.request(options(ask));
        }

        private RequestOptions options(PrinterRequest ask) {
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.valueOf(ask.method().name()))
                    .setURI(line.pathPrefix() + ask.path())
                    .putHeader("User-Agent", USER_AGENT);
            ask.headers().forEach(options::putHeader);
            return options;
        }

        private Future<HttpClientResponse> handOver(HttpClientRequest request) {
            if (over) {
                request.reset(); // the connection was there too late: nobody waits for the answer
                return Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null));
            }
            request.exceptionHandler(failure -> {}); // the response future carries it; Vert.x would log it as well
            request.continueHandler(received -> onInterimResponse());
            request.earlyHintsHandler(hints -> onInterimResponse());
            delivery = Delivery.POSSIBLE;
            if (ask.body() != null) {
                return request.putHeader("Content-Type", "application/json").send(Buffer.buffer(ask.body()));
            }
            // Small servers want to be told that a request which changes something has no body.
            return ask.method() == PrinterRequest.Method.POST || ask.method() == PrinterRequest.Method.PUT
                    ? request.putHeader("Content-Length", "0").send(Buffer.buffer())
                    : request.send();
        }

        private Future<PrinterResponse> read(HttpClientResponse response) {
            headArrived = true;
            return CappedBody.of(response, BODY_CAP_BYTES, BoundedExchange.this::end)
                    .onFailure(cause -> failureOfAnswer = cause)
                    .map(body -> {
                        onComplete(response);
                        return answer(response, body);
                    });
        }

        private void onComplete(HttpClientResponse response) {
            OpenConnection own = connection;
            answered = true;
            if (own != null) {
                own.onAnswer();
                addresses.onAnswer(own.address());
            }
            if (closes(response)) {
                closeConnection();
            }
        }
    }

    private void onInterimResponse() {
        interimResponses++;
        if (interimResponses > MOST_INTERIM_RESPONSES) {
            end(new PrinterException(FailureReason.UNREADABLE, "promises an answer again and again"));
        }
    }

    /**
     * A second answer in the same packet finds no request then, which closes the connection; at once, it would be taken
     * for the answer to the next request.
     */
    private Future<PrinterResponse> afterAllThatCameWithIt(PrinterResponse answer) {
        Promise<PrinterResponse> later = Promise.promise();
        context.runOnContext(now -> later.complete(answer));
        return later.future();
    }

    /** Whether the printer says that it ends the connection: RFC 9112, section 9.6. */
    private static boolean closes(HttpClientResponse response) {
        return FieldLines.containsToken(response.headers().getAll(HttpHeaders.CONNECTION), "close");
    }

    private static PrinterResponse answer(HttpClientResponse response, Buffer body) {
        if (REDIRECTS.contains(response.statusCode())) {
            throw new PrinterException(
                    FailureReason.REDIRECTED,
                    "HTTP " + response.statusCode() + ": the address sends us elsewhere; register where it leads");
        }
        return new PrinterResponse(response.statusCode(), headers(response.headers()), body);
    }

    private static Map<String, List<String>> headers(MultiMap headers) {
        Map<String, List<String>> byName = new HashMap<>();
        for (String name : headers.names()) {
            byName.put(name.toLowerCase(Locale.ROOT), headers.getAll(name));
        }
        return byName;
    }
}
