package io.github.printer2mqtt.simulator.creality;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Creality printer: a web socket that needs no login, sends the whole status, then changes, and executes commands without a reply.
 * Written from recorded messages and from what other programs send; no printer was at hand.
 */
public final class CrealitySimulator implements ProtocolSimulator {
    private final SimulatedPrinter printer;
    private final CrealityFrames frames;
    private volatile boolean ignoresCommands;
    private volatile int messagesPerTick = 1;

    /** What the printer shows after a print. */
    public enum Model {
        /** K1: the result stays in {@code state}. */
        K1C,
        /** Ender-3 V4: {@code state} is 0 again. */
        F009
    }

    public CrealitySimulator(SimulatedPrinter printer, Model model) {
        this.printer = printer;
        this.frames = new CrealityFrames(printer, model);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "creality";
    }

    /** From now on commands have no effect. */
    public void ignoreCommands() {
        ignoresCommands = true;
    }

    /** @param perTick how often a quarter of a second the temperatures are sent */
    public void flood(int perTick) {
        messagesPerTick = perTick;
    }

    /** Takes the printer's filament away, or puts it back. */
    public void setOutOfFilament(boolean empty) {
        frames.setOutOfFilament(empty);
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        return new SimulatedResponse(
                404, "Not Found", List.of("Content-Type: text/html"), Buffer.buffer("<html>"), request.wantsClose());
    }

    @Override
    public @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        return request.path().equals("/") ? new CrealityWebSocket(this) : null;
    }

    /** The whole status now. */
    JsonObject status() {
        return frames.status();
    }

    JsonObject spools() {
        return CrealityFrames.spools();
    }

    JsonObject temperatures() {
        return frames.temperatures();
    }

    int messagesPerTick() {
        return messagesPerTick;
    }

    /** Executes the members of a {@code set}; what the state forbids has no effect. */
    void set(JsonObject params) {
        if (ignoresCommands) {
            return;
        }
        try {
            params.forEach(member -> set(member.getKey(), member.getValue()));
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            // Nothing tells the client.
        }
    }

    private void set(String name, Object value) {
        switch (name) {
            case "pause" -> {
                if (Integer.valueOf(1).equals(value)) {
                    printer.pause();
                } else {
                    printer.resume();
                }
            }
            case "stop" -> printer.cancel();
            case "nozzleTempControl" -> printer.heatNozzle(((Number) value).doubleValue());
            case "bedTempControl" -> printer.heatBed(((JsonObject) value).getDouble("val"));
            case "lightSw" -> frames.setLight(((Number) value).intValue());
            case "setFeedratePct" -> frames.setSpeed(((Number) value).intValue());
            default -> {}
        }
    }
}
