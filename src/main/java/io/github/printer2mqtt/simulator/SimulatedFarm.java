package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The simulated printers of a test or benchmark, made by a {@link FarmRecipe} and shuffled by its seed. Thread-safe.
 */
public final class SimulatedFarm {
    /** How a printer responds. */
    public enum Kind {
        HEALTHY,
        SILENT,
        DROPPING,
        SLOW
    }

    /**
     * One printer of the farm.
     *
     * @param registration as sent to {@code POST /api/printers}
     * @param server null for one that drops connections
     */
    public record Member(
            String id,
            Kind kind,
            JsonObject registration,
            @Nullable PrinterServer server) {}

    /** The API key of the printers that need one. */
    public static final String KEY = "farm-key-0000000";

    private final List<Member> members;
    private final @Nullable BlackHole blackHole;

    SimulatedFarm(List<Member> members, @Nullable BlackHole blackHole) {
        this.members = members;
        this.blackHole = blackHole;
    }

    public static Future<SimulatedFarm> start(Vertx vertx, FarmRecipe recipe) {
        return start(vertx, recipe, System::nanoTime);
    }

    /** Starts a farm; if an address cannot be bound, it fails and closes everything. */
    public static Future<SimulatedFarm> start(Vertx vertx, FarmRecipe recipe, LongSupplier nanoTime) {
        FarmBuilder builder = new FarmBuilder(vertx, recipe, nanoTime);
        return builder.openBlackHole()
                .compose(opened -> builder.startServers())
                .map(started -> builder.farm())
                .recover(failure -> builder.farm().close().transform(closed -> Future.failedFuture(failure)));
    }

    public List<Member> members() {
        return members;
    }

    public List<Member> members(Kind kind) {
        return members.stream().filter(member -> member.kind() == kind).toList();
    }

    /** What to register, one JSON registration for each printer. */
    public List<JsonObject> registrations() {
        return members.stream().map(Member::registration).toList();
    }

    /** Connections to all printers that are open now. */
    public int openConnections() {
        return servers().mapToInt(PrinterServer::openConnections).sum();
    }

    private Stream<PrinterServer> servers() {
        return members.stream().flatMap(member -> Stream.ofNullable(member.server()));
    }

    /** Frees all addresses; idempotent. */
    public Future<Void> close() {
        List<Future<Void>> closing = new ArrayList<>();
        servers().forEach(server -> closing.add(server.close()));
        try {
            if (blackHole != null) {
                blackHole.close();
            }
        } catch (IOException e) {
            closing.add(Future.failedFuture(e));
        }
        return Future.join(closing).mapEmpty();
    }
}
