package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A {@link ReplayPrinter} and the real network to ask it over, for the tests of drivers. */
public final class DriverFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final PrinterNetwork network = PrinterNetwork.create(vertx, new AddressPolicy(Loopback.ALLOWED, Set::of));
    private final ReplayPrinter printer = ReplayPrinter.start(vertx);

    /** The server to be asked. */
    public ReplayPrinter printer() {
        return printer;
    }

    /** A session whose readings may take long. */
    public Session open(Driver driver, Credentials credentials) {
        return open(driver, credentials, PATIENCE, "");
    }

    /** A session with a timeout of its own, below a path prefix. */
    public Session open(Driver driver, Credentials credentials, Duration timeout, String path) {
        PrinterAddress address =
                AddressText.parse("http://127.0.0.1:" + printer.port() + path).withDefaultPort(80);
        Printer registered = new Printer(
                new PrinterId("bench"),
                "Bench",
                driver.id(),
                address,
                null,
                null,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
        return new Session(
                context,
                Await.done(onLoop(
                        context,
                        () -> Future.succeededFuture((PolledSession)
                                driver.open(registered, credentials, network.open(address, null), timeout)))));
    }

    /** Asks the server whether it speaks a driver's protocol. */
    public Driver.ProbeResult probe(Driver driver) {
        PrinterAddress address =
                AddressText.parse("127.0.0.1:" + printer.port()).withDefaultPort(80);
        return Await.done(onLoop(context, () -> {
            PrinterHttp http = network.open(address, null);
            return driver.probe(http, PATIENCE).onComplete(done -> http.close());
        }));
    }

    private static <T> Future<T> onLoop(Context context, Supplier<Future<T>> work) {
        Promise<T> result = Promise.promise();
        context.runOnContext(now -> work.get().onComplete(result));
        return result.future();
    }

    @Override
    public void close() {
        printer.close();
        network.close();
        Await.done(vertx.close());
    }

    /** A session and the loop it belongs to; every method waits for the outcome. */
    public record Session(Context context, PolledSession session) {
        public Reading poll() {
            return Await.done(onLoop(context, session::poll));
        }

        /** What a poll ends with, whichever of the two it is. */
        public PollResult find() {
            Future<PollResult> found = onLoop(context, session::poll)
                    .transform(outcome -> outcome.succeeded()
                            ? Future.succeededFuture(outcome.result())
                            : Future.succeededFuture(fault(outcome.cause())));
            return Await.done(found);
        }

        /** The miss that a poll ends with. */
        public PollFailure miss() {
            return fault(Await.failure(onLoop(context, session::poll)));
        }

        public void execute(Command command) {
            Await.done(onLoop(context, () -> session.execute(command)));
        }

        /** What a command fails with. */
        public Throwable refusal(Command command) {
            return Await.failure(onLoop(context, () -> session.execute(command)));
        }

        public void close() {
            context.runOnContext(now -> session.close());
        }

        private static PollFailure fault(Throwable failure) {
            if (failure instanceof PrinterException fault) {
                return fault.miss();
            }
            throw new AssertionError("no fault of a printer", failure);
        }
    }
}
