package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.PrinterSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The printers of the demo. Of the usual twelve nine respond in 50 to 150 ms, two are slower than the bridge waits, one is
 * switched off. They print short jobs by a {@link DemoScript}, some of them already at the start.
 *
 * <p>All listen at free ports of 127.0.0.1. Thread-safe.
 */
public final class DemoFarm {
    private static final long SEED = 62;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FIRST_PRINT = Duration.ofSeconds(150);

    private final Vertx vertx;
    private final List<DemoPrinter> printers;
    private final long timer;

    /** One printer: a server, or a black hole for the one that is switched off. */
    private record DemoPrinter(PrinterSpec spec, Optional<PrinterServer> server, Optional<BlackHole> blackHole) {
        String url() {
            return server.map(PrinterServer::url)
                    .orElseGet(() -> blackHole.orElseThrow().url());
        }

        JsonObject registration() {
            return spec.registration(url(), server.map(PrinterServer::simulator).map(PrinterSimulator::certificate));
        }

        void closeHole() {
            try {
                if (blackHole.isPresent()) {
                    blackHole.get().close();
                }
            } catch (IOException e) {
                throw new IllegalStateException("the port of a demo printer could not be freed", e);
            }
        }
    }

    private DemoFarm(Vertx vertx, List<DemoPrinter> printers, long timer) {
        this.vertx = vertx;
        this.printers = printers;
        this.timer = timer;
    }

    /** Starts twelve printers behind OctoPrint, Moonraker and PrusaLink. */
    public static Future<DemoFarm> start(Vertx vertx) {
        return start(vertx, PrinterSpec.usual(), SEED, System::nanoTime);
    }

    /** Starts the usual twelve, and one printer of each other make. */
    public static Future<DemoFarm> startAllMakes(Vertx vertx) {
        List<PrinterSpec> all = new ArrayList<>(PrinterSpec.usual());
        all.addAll(PrinterSpec.otherMakes());
        return start(vertx, all, SEED, System::nanoTime);
    }

    /** Starts printers with a seed and a clock; if a port cannot be bound, it fails and closes everything. */
    static Future<DemoFarm> start(Vertx vertx, List<PrinterSpec> printers, long seed, LongSupplier nanoTime) {
        DemoScript script = new DemoScript(seed, nanoTime);
        List<Future<DemoPrinter>> starting = new ArrayList<>();
        for (PrinterSpec spec : printers) {
            starting.add(
                    spec.responsiveness() == PrinterSpec.Responsiveness.BLACK_HOLE
                            ? openBlackHole(vertx, spec)
                            : serve(vertx, spec, script, seed + starting.size(), nanoTime));
        }
        return Future.join(starting)
                .map(all -> {
                    long timer = vertx.setPeriodic(TICK.toMillis(), fired -> script.tick());
                    return new DemoFarm(
                            vertx, starting.stream().map(Future::result).toList(), timer);
                })
                .recover(failure -> closeAll(succeeded(starting)).transform(closed -> Future.failedFuture(failure)));
    }

    /** What to register, one JSON registration for each printer. */
    public List<JsonObject> registrations() {
        return printers.stream().map(DemoPrinter::registration).toList();
    }

    /** The server of a printer; empty for an unknown id and for the printer that is switched off. */
    public Optional<PrinterServer> server(String id) {
        return printers.stream()
                .filter(printer -> printer.spec().id().equals(id))
                .findFirst()
                .flatMap(DemoPrinter::server);
    }

    /** Stops the script and frees all ports. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return closeAll(printers);
    }

    private static Future<DemoPrinter> serve(
            Vertx vertx, PrinterSpec spec, DemoScript script, long seed, LongSupplier nanoTime) {
        SimulatedPrinter printer = new SimulatedPrinter(spec.name(), nanoTime);
        if (spec.start() > 0) {
            printer.startUnderWay(spec.files().get(spec.start() % 6), FIRST_PRINT, Duration.ofSeconds(spec.start()));
        }
        script.add(printer, spec.files(), spec.first());
        return vertx.executeBlocking(() -> spec.protocol().simulator(printer), false)
                .compose(simulator -> PrinterServer.start(vertx, simulator))
                .compose(server ->
                        server.behave(spec.responsiveness().behaviour(seed)).map(server))
                .map(server -> new DemoPrinter(spec, Optional.of(server), Optional.empty()));
    }

    private static Future<DemoPrinter> openBlackHole(Vertx vertx, PrinterSpec spec) {
        return vertx.executeBlocking(() -> BlackHole.open(), false)
                .map(blackHole -> new DemoPrinter(spec, Optional.empty(), Optional.of(blackHole)));
    }

    private static List<DemoPrinter> succeeded(List<Future<DemoPrinter>> starting) {
        return starting.stream().filter(Future::succeeded).map(Future::result).toList();
    }

    private static Future<Void> closeAll(List<DemoPrinter> printers) {
        List<Future<Void>> closing = new ArrayList<>();
        for (DemoPrinter printer : printers) {
            printer.server().ifPresent(server -> closing.add(server.close()));
            printer.closeHole();
        }
        return Future.join(closing).mapEmpty();
    }
}
