package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.Deadline;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.http.HttpClientInternal;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One exchange under its deadline. Closes only the connection that it uses itself. Belongs to one event loop. */
final class BoundedExchange<T> implements Exchange {
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final Context context;
    private final WebClient web;
    private final PrinterClients clients;
    private final PrinterConnection printerConnection;
    private final PrinterAddresses addresses;
    private final List<InetAddress> order;
    private final Duration limit;
    private final Promise<T> result = Promise.promise();
    private final InterimResponses interimResponses = new InterimResponses(this::end);
    private @Nullable OpenConnection connection;
    private Delivery delivery = Delivery.NOT_SENT; // of the newest request
    private boolean over;
    private boolean responded;
    private int next;

    BoundedExchange(
            Context context,
            WebClient web,
            PrinterClients clients,
            PrinterConnection printerConnection,
            PrinterAddresses addresses,
            List<InetAddress> order,
            Duration limit) {
        this.context = context;
        this.web = web;
        this.clients = clients;
        this.printerConnection = printerConnection;
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

    /** Fails the exchange and closes its connection. */
    void end(PrinterException why) {
        fail(why.with(delivery));
    }

    /** Ends the exchange because the bridge closes the session. */
    void abort() {
        fail(new Exchange.AbortedException(delivery));
    }

    private void fail(RuntimeException why) {
        if (!over) {
            over = true;
            closeConnection();
            noteNoResponse();
            result.tryFail(why);
        }
    }

    private void finish(AsyncResult<T> done) {
        if (!over && done.failed()) {
            noteNoResponse();
        }
        over = true;
        printerConnection.onFinished(this);
        if (done.succeeded()) {
            result.tryComplete(done.result());
        } else {
            result.tryFail(FailureClassifier.of(done.cause()));
        }
    }

    private void noteNoResponse() {
        if (!responded) {
            addresses.onNoResponse(order.get(next), order);
        }
    }

    private void closeConnection() {
        OpenConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public Future<PrinterResponse> send(PrinterRequest request) {
        Attempt first = new Attempt(request);
        return first.send()
                .recover(failure -> {
                    if (!first.mayRepeat()) {
                        return Future.failedFuture(failure);
                    }
                    closeConnection();
                    return new Attempt(request).send();
                })
                .onFailure(failure -> closeConnection()) // what it may still deliver belongs to no request
                .recover(failure -> Future.failedFuture(FailureClassifier.of(failure, delivery)));
    }

    /** One request, sent once; the web client obtains its connection from here. */
    private final class Attempt implements RoutedHttpClient.Route {
        private final PrinterRequest request;
        private boolean connected;
        private boolean reused;
        private boolean headArrived;
        private @Nullable Throwable failure;
        private @Nullable Throwable headFailure;

        Attempt(PrinterRequest request) {
            this.request = request;
        }

        Future<PrinterResponse> send() {
            delivery = Delivery.NOT_SENT;
            return handOver(webRequest().as(() -> new CappedBody(MAX_BODY_BYTES, BoundedExchange.this::end)))
                    .recover(this::onFailure)
                    .map(this::onComplete)
                    .compose(BoundedExchange.this::afterBufferedData);
        }

        /** Names the route only: the web client would copy every header three times before the connection gets them. */
        private HttpRequest<Buffer> webRequest() {
            return web.request(HttpMethod.valueOf(request.method().name()), new RequestOptions().setServer(this));
        }

        private Future<HttpResponse<Buffer>> handOver(HttpRequest<Buffer> web) {
            return request.body() == null ? web.send() : web.sendBuffer(Buffer.buffer(request.body()));
        }

        /** Host and port are those of the connection. */
        private RequestOptions head() {
            RequestOptions head = new RequestOptions()
                    .setMethod(HttpMethod.valueOf(request.method().name()))
                    .setURI(printerConnection.address().path() + request.path())
                    .putHeader("User-Agent", clients.userAgent());
            request.headers().forEach(head::putHeader);
            if (request.body() != null) {
                head.putHeader("Content-Type", "application/json");
            } else if (request.method() == PrinterRequest.Method.POST
                    || request.method() == PrinterRequest.Method.PUT) {
                // Small servers require a Content-Length even where a POST or PUT has no body.
                head.putHeader("Content-Length", "0");
            }
            return head;
        }

        @Override
        public Future<HttpClientRequest> open(HttpClientInternal client, RequestOptions route) {
            return connection(client).compose(this::begin);
        }

        /** Tries the next address where a connect fails at once; the deadline bounds all attempts. */
        private Future<OpenConnection> connection(HttpClientInternal client) {
            if (over) {
                return Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null));
            }
            return printerConnection
                    .connection(client, order.get(next), request.purpose())
                    .recover(cause -> {
                        if (next + 1 >= order.size() || !FailureClassifier.isConnectFailure(cause)) {
                            return Future.failedFuture(cause);
                        }
                        next++;
                        return connection(client);
                    });
        }

        private Future<HttpClientRequest> begin(OpenConnection open) {
            if (over) {
                return Future.failedFuture(new PrinterException(FailureReason.TIMEOUT, null));
            }
            connection = open;
            connected = true;
            reused = open.isUsed();
            return open.request(head()).map(this::onOpen);
        }

        private HttpClientRequest onOpen(HttpClientRequest open) {
            if (!clients.ownership().isHeld()) {
                abort(); // lost since the poll began, or while this process stood still
            }
            if (over) {
                open.reset(); // the connection opened after the deadline
                throw new PrinterException(FailureReason.TIMEOUT, null);
            }
            open.exceptionHandler(failure -> {}); // the response fails, too; without a handler Vert.x logs an error
            interimResponses.countFor(open);
            open.response().onSuccess(this::onHead).onFailure(cause -> onNoHead(open, cause));
            delivery = Delivery.POSSIBLE;
            return open;
        }

        private void onHead(HttpClientResponse head) {
            headArrived = true;
            if (CappedBody.announcedLength(head) > MAX_BODY_BYTES) {
                end(CappedBody.tooLarge(MAX_BODY_BYTES));
            }
        }

        /** Without the reset Vert.x assigns a second head in the same packet to this request and logs an error. */
        private void onNoHead(HttpClientRequest open, Throwable cause) {
            headFailure = cause;
            open.reset();
        }

        /** Any failure of the HTTP client while it reads a response is the printer's. */
        private Future<HttpResponse<Buffer>> onFailure(Throwable cause) {
            failure = cause;
            boolean whileReading = headArrived || cause.equals(headFailure);
            return Future.failedFuture(whileReading ? FailureClassifier.ofResponse(cause) : cause);
        }

        /**
         * A request that never reached an open connection was not sent. One that did may have been read by the printer, so
         * only a {@code READ} on a reused connection is repeated: the printer may close that at any moment.
         */
        boolean mayRepeat() {
            boolean notSent = connected && delivery == Delivery.NOT_SENT;
            boolean readOnKeptConnection = reused && !headArrived && request.purpose() == PrinterRequest.Purpose.READ;
            return !over
                    && (notSent || readOnKeptConnection)
                    && failure != null
                    && FailureClassifier.isClosedBeforeResponse(failure);
        }

        private PrinterResponse onComplete(HttpResponse<Buffer> response) {
            OpenConnection open = connection;
            responded = true;
            if (open != null) {
                open.onResponse();
                addresses.onResponse(open.address());
            }
            if (PrinterResponse.closesConnection(response)) {
                closeConnection();
            }
            return PrinterResponse.of(response);
        }
    }

    /** So that a second response in one packet finds no request and closes the connection, instead of answering the next. */
    private Future<PrinterResponse> afterBufferedData(PrinterResponse response) {
        Promise<PrinterResponse> later = Promise.promise();
        context.runOnContext(now -> later.complete(response));
        return later.future();
    }
}
