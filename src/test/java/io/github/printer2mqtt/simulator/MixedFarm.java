package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.tls.SimulatedCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Idle printers of every make, in turn, which respond in 50 to 150 ms. */
public final class MixedFarm {
    private MixedFarm() {}

    /**
     * One printer.
     *
     * @param make its protocol, in lower case
     * @param registration as sent to {@code POST /api/printers}
     */
    public record Member(String id, String make, JsonObject registration, PrinterServer server) {}

    /** Starts that many printers at free ports of 127.0.0.1. */
    public static Future<List<Member>> start(Vertx vertx, int size) {
        DemoProtocol[] makes = DemoProtocol.values();
        List<Future<Member>> starting = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            starting.add(start(vertx, makes[i % makes.length], i));
        }
        return Future.all(starting)
                .map(all -> starting.stream().map(Future::result).toList());
    }

    private static Future<Member> start(Vertx vertx, DemoProtocol protocol, int number) {
        String make = protocol.name().toLowerCase(Locale.ROOT);
        String id = make.replace('_', '-') + '-' + number;
        SimulatedPrinter printer = new SimulatedPrinter(id, System::nanoTime);
        return vertx.executeBlocking(() -> protocol.simulator(printer), false)
                .compose(simulator -> PrinterServer.start(vertx, simulator))
                .compose(server -> server.behave(Behaviour.ordinary(number)).map(server))
                .map(server -> new Member(id, make, registration(id, protocol, server), server));
    }

    static JsonObject registration(String id, DemoProtocol protocol, PrinterServer server) {
        JsonObject registration = new JsonObject()
                .put("id", id)
                .put("name", id)
                .put("driver", protocol.driver())
                .put("address", server.url() + protocol.path(id));
        SimulatedCertificate certificate = server.simulator().certificate();
        if (certificate != null) {
            registration.put("tls", new JsonObject().put("fingerprint", certificate.fingerprint()));
        }
        JsonObject credentials = protocol.credentials(id);
        return credentials.isEmpty() ? registration : registration.put("credentials", credentials);
    }
}
