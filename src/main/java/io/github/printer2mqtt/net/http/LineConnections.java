package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.Deadline;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.line.BoundedLines;
import io.github.printer2mqtt.net.line.LineExchange;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections for lines of text to one printer: each lasts for one reading or command, and there is never a second one, because
 * such printers may serve one client only. What comes meanwhile waits for its turn. Belongs to one event loop.
 */
final class LineConnections {
    /** A poll, and commands of several users. */
    private static final int MAX_WAITING = 4;

    private final PrinterClients clients;
    private final LoopTimers timers;
    private final PrinterAddresses addresses;
    private final PrinterAddress address;
    private final Queue<Turn<?>> waiting = new ArrayDeque<>();
    private @Nullable Turn<?> running;
    private boolean closed;

    LineConnections(PrinterClients clients, LoopTimers timers, PrinterAddresses addresses, PrinterAddress address) {
        this.clients = clients;
        this.timers = timers;
        this.addresses = addresses;
        this.address = address;
    }

    /**
     * Runs the requests of one reading or command.
     *
     * @param resolved the addresses in the order in which they are tried
     * @param limit from the start of the connect
     */
    <T> Future<T> run(
            Supplier<Future<List<InetAddress>>> resolved, Duration limit, Function<LineExchange, Future<T>> body) {
        if (closed) {
            return Future.failedFuture(new Exchange.AbortedException(Delivery.NOT_SENT));
        }
        if (address.isTls()) {
            return Future.failedFuture(notEncrypted());
        }
        if (waiting.size() >= MAX_WAITING) {
            return Future.failedFuture(
                    new PrinterException(FailureReason.BUSY, MAX_WAITING + " requests wait for this printer already")
                            .with(Delivery.NOT_SENT));
        }
        Turn<T> turn = new Turn<>(resolved, limit, body);
        waiting.add(turn);
        startNext();
        return turn.result.future();
    }

    /** The failure of an https address of a protocol without encryption. */
    static PrinterException notEncrypted() {
        return new PrinterException(
                        FailureReason.TLS, "such printers have no encryption: register the address without https")
                .with(Delivery.NOT_SENT);
    }

    void close() {
        closed = true;
        List<Turn<?>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Turn::abort);
        if (running != null) {
            running.abort();
        }
    }

    private void startNext() {
        if (running == null && !waiting.isEmpty()) {
            Turn<?> next = waiting.remove();
            running = next;
            next.start();
        }
    }

    /** One connection with its deadline. */
    private final class Turn<T> {
        final Promise<T> result = Promise.promise();
        private final Supplier<Future<List<InetAddress>>> resolved;
        private final Duration limit;
        private final Function<LineExchange, Future<T>> body;
        private @Nullable Deadline deadline;
        private @Nullable BoundedLines lines;
        private boolean over;
        private boolean connecting;

        Turn(Supplier<Future<List<InetAddress>>> resolved, Duration limit, Function<LineExchange, Future<T>> body) {
            this.resolved = resolved;
            this.limit = limit;
            this.body = body;
        }

        /** Name resolution has a limit of its own and does not count towards the deadline. */
        void start() {
            resolved.get().onComplete((order, failure) -> {
                if (order == null) {
                    fail(failure);
                } else if (!over && !clients.budget().acquire()) {
                    fail(ConnectionBudget.exhausted());
                } else if (!over) {
                    deadline = Deadline.start(timers, limit, () -> fail(FailureClassifier.timeout(limit)));
                    connecting = true;
                    connect(order, 0);
                }
            });
        }

        private void connect(List<InetAddress> order, int index) {
            InetAddress ip = order.get(index);
            ConnectOptions options = new ConnectOptions()
                    .setRemoteAddress(SocketAddress.inetSocketAddress(new InetSocketAddress(ip, address.port())))
                    .setTimeout((int) Math.max(1, limit.toMillis()));
            clients.lines().connect(options).onComplete((socket, failure) -> {
                boolean isNext = socket == null
                        && !over
                        && index + 1 < order.size()
                        && FailureClassifier.isConnectFailure(failure);
                if (isNext) {
                    connect(order, index + 1);
                    return;
                }
                connecting = false;
                if (socket == null) {
                    addresses.onNoResponse(ip, order);
                    onNotConnected(FailureClassifier.of(failure));
                } else if (over) {
                    socket.close();
                    onNotConnected(FailureClassifier.timeout(limit));
                } else if (!clients.ownership().isHeld()) {
                    socket.close();
                    onNotConnected(new Exchange.AbortedException(Delivery.NOT_SENT));
                } else {
                    addresses.onResponse(ip);
                    exchange(socket);
                }
            });
        }

        private void onNotConnected(Throwable failure) {
            clients.budget().release();
            if (over) {
                leave();
            } else {
                fail(failure);
            }
        }

        private void exchange(NetSocket socket) {
            BoundedLines open = BoundedLines.open(socket, timers, clients.received());
            lines = open;
            // compose() makes a failed future of what the body throws.
            Future.<LineExchange>succeededFuture(open).compose(body).onComplete((value, failure) -> {
                end();
                if (failure == null) {
                    result.tryComplete(value);
                } else {
                    result.tryFail(failure);
                }
            });
        }

        /** A request that waits for its reply fails first, and what its caller makes of that is the result. */
        void fail(Throwable why) {
            if (over) {
                return;
            }
            BoundedLines open = lines;
            if (open != null) {
                open.fail(why);
                result.tryFail(why);
            } else {
                result.tryFail(why instanceof PrinterException none ? none.with(Delivery.NOT_SENT) : why);
            }
            end();
        }

        private void end() {
            if (over) {
                return;
            }
            over = true;
            if (deadline != null) {
                deadline.cancel();
            }
            BoundedLines open = lines;
            lines = null;
            if (open != null) {
                open.close();
                clients.budget().release();
            }
            if (!connecting) {
                leave();
            }
        }

        private Delivery delivery() {
            return lines == null ? Delivery.NOT_SENT : Delivery.POSSIBLE;
        }

        void abort() {
            fail(new Exchange.AbortedException(delivery()));
        }

        private void leave() {
            if (this.equals(running)) {
                running = null;
                startNext();
            }
        }
    }
}
