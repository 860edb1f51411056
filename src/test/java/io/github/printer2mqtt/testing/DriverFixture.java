package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A {@link ReplayPrinter} and a network to poll it, for driver tests.
 */
public final class DriverFixture implements TestResource {
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final PrinterNetwork network = PrinterNetwork.create(vertx, new AddressPolicy(Loopback.ALLOWED, Set::of));
    private final ReplayPrinter printer = ReplayPrinter.start(vertx);

    /** The printer's server. */
    public ReplayPrinter printer() {
        return printer;
    }

    /** Opens a session with a long timeout. */
    public Session open(Driver driver, Credentials credentials) {
        return open(driver, credentials, LONG_TIMEOUT, "");
    }

    /** Opens a session with a timeout and path prefix. */
    public Session open(Driver driver, Credentials credentials, Duration timeout, String path) {
        return openAt(driver, credentials, timeout, "http://127.0.0.1:" + printer.port() + path);
    }

    /** Opens a session for a server that is not this fixture's. */
    public Session openAt(Driver driver, Credentials credentials, Duration timeout, String url) {
        PrinterAddress address = AddressText.parse(url).withDefaultPort(80);
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
                        () -> Future.succeededFuture(driver.open(
                                registered, credentials, network.open(driver.server(address), null), timeout)))));
    }

    /** Probes the server with a driver. */
    public Driver.ProbeResult probe(Driver driver) {
        return probe(driver, printer.port());
    }

    /** Probes a server that is not this fixture's. */
    public Driver.ProbeResult probe(Driver driver, int port) {
        PrinterAddress address = AddressText.parse("127.0.0.1:" + port).withDefaultPort(80);
        return Await.done(onLoop(context, () -> {
            PrinterHttp http = network.open(address, null);
            return driver.probe(http, LONG_TIMEOUT).onComplete(done -> http.close());
        }));
    }

    private static <T> Future<T> onLoop(Context context, Supplier<Future<T>> work) {
        return new ContextExecutor(context).call(work);
    }

    @Override
    public void close() {
        printer.close();
        network.close();
        Await.done(vertx.close());
    }

    /** A session with its event loop; every method waits for the result. */
    public record Session(Context context, PrinterSession session) {
        public Reading poll() {
            return Await.done(onLoop(context, session::poll));
        }

        /** The newest status of a printer that pushes. */
        public Reading latest() {
            return Await.done(onLoop(context, ((PushedSession) session)::latest));
        }

        /** The reading or failure of a poll. */
        public PollResult find() {
            Future<PollResult> found = onLoop(context, session::poll)
                    .transform(outcome -> outcome.succeeded()
                            ? Future.succeededFuture(outcome.result())
                            : Future.succeededFuture(fault(outcome.cause())));
            return Await.done(found);
        }

        /** The failure of a poll. */
        public PollFailure failure() {
            return fault(Await.failure(onLoop(context, session::poll)));
        }

        /** What the session finds of a picture, within 5 seconds. */
        public FoundPicture picture(FoundPicture.Kind kind) {
            return Await.done(onLoop(context, () -> session.findPicture(kind, Duration.ofSeconds(5))));
        }

        public void execute(PrinterCommand command) {
            Await.done(onLoop(context, () -> session.execute(command)));
        }

        /** The failure of a command. */
        public Throwable refusal(PrinterCommand command) {
            return Await.failure(onLoop(context, () -> session.execute(command)));
        }

        public void close() {
            context.runOnContext(now -> session.close());
        }

        private static PollFailure fault(Throwable failure) {
            if (failure instanceof PrinterException fault) {
                return fault.failure();
            }
            throw new AssertionError("not a failure of a printer", failure);
        }
    }
}
