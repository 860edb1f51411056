package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounded exchange: a kept {@link PrinterConnection} for polls and one for each command. Belongs to one event loop.
 *
 * <p>The HTTP client's own timeout is an idle timer, which a printer that drips a byte now and then never trips; so the
 * deadline is a timer here that fails the caller and closes the connection.
 */
final class DefaultPrinterHttp implements PrinterHttp {
    private final Context context;
    private final PrinterAddresses addresses;
    private final PrinterClients clients;
    private final LoopTimers timers;
    private final PrinterAddress address;
    private final @Nullable String fingerprint;
    private final RetryAfterGate toldToWait;
    private final Set<PrinterConnection> commandLines = new HashSet<>();
    private @Nullable PrinterConnection pollLine;
    private boolean closed;

    DefaultPrinterHttp(
            Context context,
            PrinterAddresses addresses,
            PrinterClients clients,
            LoopTimers timers,
            PrinterAddress address,
            @Nullable String fingerprint,
            LongSupplier monotonicNanos) {
        this.context = context;
        this.addresses = addresses;
        this.clients = clients;
        this.timers = timers;
        this.address = address;
        this.fingerprint = fingerprint;
        this.toldToWait = new RetryAfterGate(monotonicNanos, InstantSource.system());
    }

    @Override
    public <T> Future<T> within(Duration limit, Function<Exchange, Future<T>> body) {
        return onLine(this::keptLine, limit, exchange -> body.apply(toldToWait.heededBy(exchange)));
    }

    @Override
    public <T> Future<T> onSecondConnection(Duration limit, Function<Exchange, Future<T>> body) {
        PrinterConnection line = new PrinterConnection(context, clients, timers, addresses, address, fingerprint);
        commandLines.add(line);
        return onLine(() -> line, limit, body).onComplete(done -> {
            commandLines.remove(line);
            line.close();
        });
    }

    /** Resolving has bounds of its own and comes first: a slow resolver is no slow printer. */
    private <T> Future<T> onLine(Supplier<PrinterConnection> line, Duration limit, Function<Exchange, Future<T>> body) {
        Promise<T> result = Promise.promise();
        addresses
                .inOrder()
                .onComplete(reached -> context.runOnContext(now -> {
                    if (closed) {
                        result.fail(new Exchange.AbortedException(Delivery.NOT_SENT));
                    } else if (reached.failed()) {
                        result.fail(FailureClassifier.of(reached.cause(), Delivery.NOT_SENT));
                    } else {
                        line.get().run(reached.result(), limit, body).onComplete(result);
                    }
                }));
        return result.future();
    }

    private PrinterConnection keptLine() {
        PrinterConnection line = pollLine;
        if (line == null) {
            line = new PrinterConnection(context, clients, timers, addresses, address, fingerprint);
            pollLine = line;
        }
        return line;
    }

    @Override
    public void close() {
        closed = true;
        if (pollLine != null) {
            pollLine.close();
            pollLine = null;
        }
        Set.copyOf(commandLines).forEach(PrinterConnection::close);
        commandLines.clear();
    }
}
