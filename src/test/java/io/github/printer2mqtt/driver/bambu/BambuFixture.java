package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.driver.Driver.ProbeResult;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.DriverFixture.Session;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A simulated printer and sessions to it, with a clock that the test moves. */
public final class BambuFixture implements AutoCloseable {
    static final Credentials LOGIN = Credentials.ofLogin(SimulatedBambu.SERIAL, SimulatedBambu.CODE);

    private static final Duration REPLY_LIMIT = Duration.ofSeconds(1);

    final SimulatedBambu printer;
    final AtomicInteger updates = new AtomicInteger();
    final AtomicInteger losses = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final PrinterNetwork network;
    private final List<X509Certificate> authorities;
    private final AtomicLong ahead = new AtomicLong();

    BambuFixture() {
        this(Loopback.ALLOWED);
    }

    BambuFixture(Loopback loopback) {
        this(loopback, true, null);
    }

    /** @param printerCa file of {@code security.printer_ca}; null for none */
    static BambuFixture trustingOnly(@Nullable Path printerCa) {
        return new BambuFixture(Loopback.ALLOWED, false, printerCa == null ? null : printerCa.toString());
    }

    private BambuFixture(Loopback loopback, boolean knowsAuthority, @Nullable String printerCa) {
        authorities =
                knowsAuthority ? List.of(SimulatedBambu.AUTHORITY.certificate().certificate()) : BambuAuthorities.all();
        printer = SimulatedBambu.start(vertx);
        network = PrinterNetwork.create(
                vertx, new AddressPolicy(loopback, Set::of), printerCa, "0.1.0", Ownership.alone());
    }

    /** The state that the driver reads from a printer whose status has these members. */
    public static PrinterState stateOf(JsonObject print) {
        try (BambuFixture fixture = new BambuFixture()) {
            print.forEach(member -> fixture.printer.change(member.getKey(), member.getValue()));
            return fixture.open().poll().state();
        }
    }

    Session open() {
        return open(LOGIN, null, Duration.ofSeconds(10));
    }

    Session open(Credentials credentials, @Nullable String fingerprint, Duration timeout) {
        Printer registered = new Printer(
                new PrinterId("bench"),
                "Bench",
                "bambu",
                address(),
                null,
                null,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                fingerprint);
        return Await.done(onLoop(() -> {
            PushedSession session = (PushedSession)
                    driver().open(registered, credentials, network.open(address(), fingerprint), timeout);
            session.listen(new Counter());
            return Future.succeededFuture(new Session(context, session));
        }));
    }

    ProbeResult probe() {
        return Await.done(onLoop(() -> {
            PrinterHttp http = network.open(address(), null);
            return driver().probe(http, Duration.ofSeconds(5)).onComplete(done -> http.close());
        }));
    }

    private BambuDriver driver() {
        return new BambuDriver(() -> System.nanoTime() + ahead.get(), authorities, REPLY_LIMIT, printer.port());
    }

    private PrinterAddress address() {
        return AddressText.parse("127.0.0.1:" + printer.port()).withDefaultPort(8883);
    }

    void advance(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        return new ContextExecutor(context).call(work);
    }

    @Override
    public void close() {
        printer.close();
        network.close();
        Await.done(vertx.close());
    }

    private final class Counter implements PushedSession.Listener {
        @Override
        public void onUpdate() {
            updates.incrementAndGet();
        }

        @Override
        public void onPollNeeded() {}

        @Override
        public void onLost() {
            losses.incrementAndGet();
        }
    }
}
