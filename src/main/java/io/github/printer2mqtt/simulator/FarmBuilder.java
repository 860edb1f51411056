package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.SimulatedFarm.Kind;
import io.github.printer2mqtt.simulator.SimulatedFarm.Member;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Builds a {@link SimulatedFarm}. */
final class FarmBuilder {
    private static final int ADDRESSES_PER_NET = 250;

    private final Vertx vertx;
    private final FarmRecipe recipe;
    private final LongSupplier nanoTime;
    private final Random random;
    private final Map<Integer, Member> members = new ConcurrentSkipListMap<>();
    private volatile @Nullable BlackHole blackHole;

    FarmBuilder(Vertx vertx, FarmRecipe recipe, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.recipe = recipe;
        this.nanoTime = nanoTime;
        this.random = new Random(recipe.seed());
    }

    SimulatedFarm farm() {
        return new SimulatedFarm(List.copyOf(members.values()), blackHole);
    }

    /** One black hole serves all printers that drop connections: it takes its port at every loopback address. */
    Future<Void> openBlackHole() {
        if (recipe.dropping() == 0) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> BlackHole.open("0.0.0.0", 0), false).map(opened -> {
            blackHole = opened;
            return null;
        });
    }

    Future<Void> startServers() {
        List<Future<PrinterServer>> starting = new ArrayList<>();
        List<Kind> kinds = kinds();
        for (int i = 0; i < kinds.size(); i++) {
            int number = i;
            Kind kind = kinds.get(i);
            if (kind == Kind.DROPPING) {
                members.put(number, dropping(number));
                continue;
            }
            Behaviour behaviour = behaviour(kind);
            starting.add(PrinterServer.start(vertx, simulator(number)).compose(server -> {
                members.put(number, member(number, kind, server));
                return server.behave(behaviour).map(server);
            }));
        }
        return Future.join(starting).<Void>mapEmpty();
    }

    private List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>(recipe.size());
        kinds.addAll(Collections.nCopies(recipe.healthy(), Kind.HEALTHY));
        kinds.addAll(Collections.nCopies(recipe.silent(), Kind.SILENT));
        kinds.addAll(Collections.nCopies(recipe.dropping(), Kind.DROPPING));
        kinds.addAll(Collections.nCopies(recipe.slow(), Kind.SLOW));
        Collections.shuffle(kinds, random);
        return kinds;
    }

    private Behaviour behaviour(Kind kind) {
        long seed = random.nextLong();
        return switch (kind) {
            case HEALTHY -> Behaviour.ordinary(seed);
            case SLOW -> Behaviour.slow(Duration.ofSeconds(2));
            case SILENT, DROPPING -> Behaviour.silent();
        };
    }

    private ProtocolSimulator simulator(int number) {
        SimulatedPrinter printer = new SimulatedPrinter(name(number), nanoTime);
        if (random.nextInt(4) > 0) {
            Duration duration = Duration.ofSeconds(random.nextInt(3 * 3_600, 12 * 3_600));
            Duration done = Duration.ofSeconds(random.nextInt(60, 3_600));
            printer.startUnderWay("part-" + number + ".gcode", duration, done);
        }
        return switch (number % 3) {
            case 0 -> new OctoPrintSimulator(printer, SimulatedFarm.KEY);
            case 1 -> new MoonrakerSimulator(printer);
            default -> new PrusaLinkSimulator(printer, SimulatedFarm.KEY);
        };
    }

    private Member dropping(int number) {
        BlackHole opened = blackHole;
        if (opened == null) {
            throw new IllegalStateException("the black hole is not open");
        }
        String url = "http://" + address(number) + ':' + opened.port();
        return new Member(id(number), Kind.DROPPING, registration(number, "prusalink", url), null);
    }

    private static Member member(int number, Kind kind, PrinterServer server) {
        String driver = server.simulator().driver();
        return new Member(id(number), kind, registration(number, driver, server.url()), server);
    }

    private static JsonObject registration(int number, String driver, String url) {
        JsonObject registration = new JsonObject()
                .put("id", id(number))
                .put("name", name(number))
                .put("driver", driver)
                .put("address", url)
                .put("group", "group-" + number % 10);
        return driver.equals("moonraker")
                ? registration
                : registration.put("credentials", new JsonObject().put("api_key", SimulatedFarm.KEY));
    }

    private static String name(int number) {
        return "Printer " + number;
    }

    private static String id(int number) {
        return "printer-" + number;
    }

    /** From 127.1.0.1 on. */
    private static String address(int number) {
        int net = number / ADDRESSES_PER_NET;
        return "127." + (1 + net / 256) + '.' + net % 256 + '.' + (1 + number % ADDRESSES_PER_NET);
    }
}
