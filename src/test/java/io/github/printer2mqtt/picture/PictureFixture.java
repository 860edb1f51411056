package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.monitor.PictureFinder;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import io.github.printer2mqtt.testing.TestResource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Printers that print, whose sessions find pictures where a test says, over real sockets. */
final class PictureFixture implements TestResource {
    /** The start of a PNG; nothing looks at the rest. */
    static final Buffer PNG =
            Buffer.buffer(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 'f', 'a', 'k', 'e'});

    private static final Instant NOW = Instant.parse("2026-11-21T09:50:00Z");

    final Vertx vertx = Vertx.vertx();
    final FleetState fleet = TestFleet.create(NOW.toEpochMilli(), System::nanoTime);
    final PictureVerticle pictures;
    volatile Future<FoundPicture> found = Future.succeededFuture(new FoundPicture.None());

    /** How often a session was asked. */
    final AtomicInteger searches = new AtomicInteger();

    private final PrinterNetwork network = PrinterNetwork.create(vertx, new AddressPolicy(Loopback.ALLOWED, Set::of));
    private final Map<PrinterId, Long> generations = new HashMap<>();
    private final Map<PrinterId, Printer> printers = new HashMap<>();

    /** @param otherHosts of the configuration */
    PictureFixture(String... otherHosts) {
        PictureFinder finder = (printer, kind, limit) -> {
            searches.incrementAndGet();
            Context caller = vertx.getOrCreateContext();
            Promise<PictureFinder.Located> located = Promise.promise();
            found.map(picture -> new PictureFinder.Located(Objects.requireNonNull(printers.get(printer)), picture))
                    .onComplete((result, failure) -> caller.runOnContext(back -> located.complete(result, failure)));
            return located.future();
        };
        pictures = new PictureVerticle(fleet, finder, network, List.of(otherHosts));
        Await.done(vertx.deployVerticle(pictures));
    }

    /** Registers a printer on this machine that prints a file. */
    PrinterId printing(String id, String file) {
        return printing(id, "127.0.0.1", file);
    }

    PrinterId printing(String id, String host, String file) {
        PrinterId printer = new PrinterId(id);
        Printer registered = TestPrinters.printer(printer, id, "moonraker", host + ":7125");
        printers.put(printer, registered);
        generations.put(printer, fleet.register(registered, Set.of(), 2));
        record(printer, reading(PrinterState.IDLE, null));
        prints(printer, file, 10);
        return printer;
    }

    void prints(PrinterId printer, String file, long elapsed) {
        record(printer, reading(PrinterState.PRINTING, new Job(null, file, 10.0, elapsed, 100L, null, null)));
    }

    void finishes(PrinterId printer, String file) {
        record(printer, reading(PrinterState.FINISHED, new Job(null, file, 100.0, null, 0L, null, null)));
    }

    void isIdle(PrinterId printer) {
        record(printer, reading(PrinterState.IDLE, null));
    }

    void goesOffline(PrinterId printer) {
        record(printer, PollFailure.of(FailureReason.TIMEOUT));
        record(printer, PollFailure.of(FailureReason.TIMEOUT));
    }

    private void record(PrinterId printer, PollResult result) {
        long generation = Objects.requireNonNull(generations.get(printer));
        fleet.record(new Observation(printer, generation, result, Duration.ofMillis(5), NOW));
    }

    private static Reading reading(PrinterState state, @Nullable Job job) {
        return new Reading(state, null, null, Temperatures.unknown(), job, null, null, null, null);
    }

    /** Sessions find the picture at this URL. */
    void findAt(String url) {
        found = Future.succeededFuture(new FoundPicture.AtUrl(url));
    }

    void find(Buffer bytes) {
        found = Future.succeededFuture(new FoundPicture.Bytes(bytes));
    }

    /** A camera on this machine that answers every request by a behaviour. */
    HostileServer camera(Consumer<NetSocket> behaviour) {
        return HostileServer.start(
                vertx, new NetServerOptions(), socket -> {}, (socket, bytes) -> behaviour.accept(socket));
    }

    /** A response with a body. */
    static Consumer<NetSocket> answers(String type, Buffer body) {
        return socket -> socket.write(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: "
                        + body.length() + "\r\n\r\n")
                .appendBuffer(body));
    }

    Picture snapshot(PrinterId printer) {
        return Await.done(pictures.snapshot(printer));
    }

    PictureException snapshotFailure(PrinterId printer) {
        return (PictureException) Await.failure(pictures.snapshot(printer));
    }

    Picture thumbnail(PrinterId printer) {
        return Await.done(pictures.thumbnail(printer));
    }

    PictureException thumbnailFailure(PrinterId printer) {
        return (PictureException) Await.failure(pictures.thumbnail(printer));
    }

    @Override
    public void close() {
        network.close();
        Await.done(vertx.close());
    }
}
