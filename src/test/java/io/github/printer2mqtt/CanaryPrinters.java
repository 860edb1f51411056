package io.github.printer2mqtt;

import io.github.printer2mqtt.simulator.duet.DuetSimulator;
import io.github.printer2mqtt.simulator.flashforge.FlashforgeSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestResource;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Simulated printers of several protocols, registered with credentials that all contain {@link #CANARY}. */
final class CanaryPrinters implements TestResource {
    static final String CANARY = "canary";
    static final String WRONG_KEY = "canary-wrong-key-0123456789";

    private static final String API_KEY = "canary-api-key-0123456789";
    private static final String PASSWORD = "canary-printer-password";
    private static final String USERNAME = "canary-user";

    private final SimulatedPrinters printers = new SimulatedPrinters();
    private final SimulatedPrinter ender = SimulatedPrinters.machine("Ender");

    SimulatedPrinter ender() {
        return ender;
    }

    /** Starts all printers. Those with {@code wrong} in their id refuse what they are registered with. */
    List<JsonObject> registrations() {
        JsonObject key = new JsonObject().put("api_key", API_KEY);
        JsonObject wrongKey = new JsonObject().put("api_key", WRONG_KEY);
        // The password of a Duet travels in a query.
        JsonObject password = new JsonObject().put("password", PASSWORD);
        // The serial number and the check code of a FlashForge travel in every body.
        JsonObject serial = login(USERNAME);
        return List.of(
                registration("ender", new OctoPrintSimulator(ender, API_KEY), key),
                registration("wrong", new OctoPrintSimulator(machine("W"), "else"), wrongKey),
                registration("mk4", new PrusaLinkSimulator(machine("MK4"), PASSWORD), login("maker")),
                registration("wrong-user", new PrusaLinkSimulator(machine("U"), PASSWORD), login(USERNAME)),
                registration("voron", new MoonrakerSimulator(machine("V"), API_KEY), key),
                registration("delta", new DuetSimulator(machine("D"), PASSWORD), password),
                registration("wrong-delta", new DuetSimulator(machine("E"), "else"), password),
                registration("forge", new FlashforgeSimulator(machine("F"), USERNAME, PASSWORD), serial),
                registration("wrong-forge", new FlashforgeSimulator(machine("G"), USERNAME, "else"), serial));
    }

    private static SimulatedPrinter machine(String name) {
        return SimulatedPrinters.machine(name);
    }

    private static JsonObject login(String username) {
        return new JsonObject().put("username", username).put("password", PASSWORD);
    }

    private JsonObject registration(String id, ProtocolSimulator simulator, JsonObject credentials) {
        return SimulatedPrinters.registration(id, printers.start(simulator)).put("credentials", credentials);
    }

    @Override
    public void close() {
        printers.close();
    }
}
