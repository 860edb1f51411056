package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.NameResolver;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of one printer, for tests that call it from their own thread.
 *
 * @param context the event loop it was opened on
 */
record OpenedPrinter(Context context, PrinterHttp http) {
    /** A network that allows loopback. */
    record Network(Vertx vertx, PrinterNetwork printers) implements AutoCloseable {
        OpenedPrinter open(int port) {
            return open("127.0.0.1:" + port, null);
        }

        OpenedPrinter open(String address, @Nullable String fingerprint) {
            Context context = vertx.getOrCreateContext();
            Promise<PrinterHttp> opened = Promise.promise();
            context.runOnContext(now ->
                    opened.complete(printers.open(AddressText.parse(address).withDefaultPort(80), fingerprint)));
            return new OpenedPrinter(context, Await.done(opened.future()));
        }

        @Override
        public void close() {
            printers.close();
        }
    }

    static Network network(Vertx vertx) {
        return new Network(vertx, PrinterNetwork.create(vertx, new AddressPolicy(Loopback.ALLOWED, Set::of)));
    }

    /** With a resolver and a clock of the test. */
    static Network network(Vertx vertx, LongSupplier monotonicNanos, NameResolver.Lookup lookup) {
        AddressPolicy policy = new AddressPolicy(Loopback.ALLOWED, Set::of);
        return new Network(
                vertx, PrinterNetwork.create(vertx, policy, monotonicNanos, lookup, ConnectionBudget.ofProcess()));
    }

    /** With a limit of open files. */
    static Network network(Vertx vertx, long files) {
        AddressPolicy policy = new AddressPolicy(Loopback.ALLOWED, Set::of);
        PrinterNetwork printers = PrinterNetwork.create(
                vertx, policy, System::nanoTime, InetAddress::getAllByName, ConnectionBudget.of(files));
        return new Network(vertx, printers);
    }

    /** Sends one request on the persistent connection. */
    Future<PrinterResponse> send(Duration limit, PrinterRequest request) {
        return on(() -> http.within(limit, exchange -> exchange.send(request)));
    }

    /** Calls something on the printer's event loop. */
    <T> Future<T> on(Supplier<Future<T>> work) {
        Promise<T> result = Promise.promise();
        context.runOnContext(now -> work.get().onComplete(result));
        return result.future();
    }
}
