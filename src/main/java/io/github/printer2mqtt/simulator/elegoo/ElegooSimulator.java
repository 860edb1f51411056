package io.github.printer2mqtt.simulator.elegoo;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Centauri Carbon: SDCP 3 over a web socket without a login. Written from descriptions and recordings; no printer was at hand. */
public final class ElegooSimulator implements ProtocolSimulator {
    private final SimulatedPrinter printer;
    private volatile boolean light = true;

    public ElegooSimulator(SimulatedPrinter printer) {
        this.printer = printer;
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "elegoo";
    }

    boolean isLit() {
        return light;
    }

    void switchLight(boolean on) {
        light = on;
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        return new SimulatedResponse(
                404,
                "Not Found",
                List.of("Content-Type: text/plain"),
                Buffer.buffer("Not found"),
                request.wantsClose());
    }

    @Override
    public @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        return request.path().equals("/websocket") ? new SdcpWebSocket(this) : null;
    }
}
