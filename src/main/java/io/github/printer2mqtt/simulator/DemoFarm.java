package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.simulator.server.PrinterServer;
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
 * The twelve printers that a new user meets: nine answer in 50 to 150 ms, two are so slow that the bridge gives up on
 * them, one is switched off. They print short jobs by a {@link DemoScript}, some of them already when the farm starts.
 *
 * <p>Everything listens on 127.0.0.1 at free ports. Safe for every thread.
 */
public final class DemoFarm {
    private static final long SEED = 62;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FIRST_PRINT = Duration.ofSeconds(150);

    private final Vertx vertx;
    private final List<Stage> stages;
    private final long timer;

    /** One printer in its place: a server, or a hole where one should be. */
    private record Stage(PrinterSpec part, Optional<PrinterServer> server, Optional<BlackHole> hole) {
        String url() {
            return server.map(PrinterServer::url)
                    .orElseGet(() -> hole.orElseThrow().url());
        }

        void closeHole() {
            try {
                if (hole.isPresent()) {
                    hole.get().close();
                }
            } catch (IOException e) {
                throw new IllegalStateException("a demo printer does not free its port", e);
            }
        }
    }

    private DemoFarm(Vertx vertx, List<Stage> stages, long timer) {
        this.vertx = vertx;
        this.stages = stages;
        this.timer = timer;
    }

    /** Starts the farm as users see it. */
    public static Future<DemoFarm> start(Vertx vertx) {
        return start(vertx, SEED, System::nanoTime);
    }

    /** Starts the farm with another story or another clock; fails, with nothing left open, if a port cannot be had. */
    public static Future<DemoFarm> start(Vertx vertx, long seed, LongSupplier nanoTime) {
        DemoScript script = new DemoScript(seed, nanoTime);
        List<Future<Stage>> starting = new ArrayList<>();
        for (PrinterSpec part : PrinterSpec.all()) {
            starting.add(
                    part.manner() == PrinterSpec.Manner.BLACK_HOLE
                            ? dig(vertx, part)
                            : play(vertx, part, script, seed + starting.size(), nanoTime));
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
        return stages.stream()
                .map(stage -> stage.part().registration(stage.url()))
                .toList();
    }

    /** The server of a printer by its id; empty for an unknown one and for the one that is switched off. */
    public Optional<PrinterServer> server(String id) {
        return stages.stream()
                .filter(stage -> stage.part().id().equals(id))
                .findFirst()
                .flatMap(Stage::server);
    }

    /** Stops the story and frees all ports. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return closeAll(stages);
    }

    private static Future<Stage> play(
            Vertx vertx, PrinterSpec part, DemoScript script, long seed, LongSupplier nanoTime) {
        SimulatedPrinter printer = new SimulatedPrinter(part.name(), nanoTime);
        if (part.start() > 0) {
            printer.startUnderWay(part.files().get(part.start() % 6), FIRST_PRINT, Duration.ofSeconds(part.start()));
        }
        script.cast(printer, part.files(), part.first());
        return PrinterServer.start(vertx, part.voice().face(printer))
                .compose(server -> server.behave(part.manner().behaviour(seed)).map(server))
                .map(server -> new Stage(part, Optional.of(server), Optional.empty()));
    }

    private static Future<Stage> dig(Vertx vertx, PrinterSpec part) {
        return vertx.executeBlocking(() -> BlackHole.open(), false)
                .map(hole -> new Stage(part, Optional.empty(), Optional.of(hole)));
    }

    private static List<Stage> succeeded(List<Future<Stage>> starting) {
        return starting.stream().filter(Future::succeeded).map(Future::result).toList();
    }

    private static Future<Void> closeAll(List<Stage> stages) {
        List<Future<Void>> closing = new ArrayList<>();
        for (Stage stage : stages) {
            stage.server().ifPresent(server -> closing.add(server.close()));
            stage.closeHole();
        }
        return Future.join(closing).mapEmpty();
    }
}
