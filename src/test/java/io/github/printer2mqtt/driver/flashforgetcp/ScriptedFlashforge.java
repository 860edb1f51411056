package io.github.printer2mqtt.driver.flashforgetcp;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A printer whose replies a test writes; records the lines it receives. Thread-safe. */
final class ScriptedFlashforge implements ProtocolSimulator {
    private final SimulatedPrinter printer = new SimulatedPrinter("Scripted", System::nanoTime);
    private final Map<String, String> replies = new ConcurrentHashMap<>(Map.of(
            "M601", "CMD M601 Received.\r\nControl Success V2.1.\r\nok\r\n",
            "M602", "CMD M602 Received.\r\nControl Release.\r\nok\r\n",
            "M119", machine("READY", "READY", ""),
            "M105", "CMD M105 Received.\r\nT0:22/0 B:14/0\r\nok\r\n",
            "M27", "CMD M27 Received.\r\nSD printing byte 0/100\r\nok\r\n",
            "M115", "CMD M115 Received.\r\nMachine Type: Flashforge Adventurer 4\r\nFirmware: v2.0.9\r\nok\r\n"));
    private final List<String> received = new CopyOnWriteArrayList<>();

    /** The reply to {@code M119}. */
    static String machine(String status, String moveMode, String file) {
        return "CMD M119 Received.\r\nMachineStatus: " + status + "\r\nMoveMode: " + moveMode
                + "\r\nLED: 1\r\nCurrentFile: " + file + "\r\nok\r\n";
    }

    /** The reply to {@code M27}. */
    static String progress(int percent) {
        return "CMD M27 Received.\r\nSD printing byte " + percent + "/100\r\nok\r\n";
    }

    /** What it sends for each request with a word, in place of its usual reply; nothing if empty. */
    ScriptedFlashforge reply(String word, String bytes) {
        replies.put(word, bytes);
        return this;
    }

    /** The same for each member. */
    ScriptedFlashforge replies(JsonObject all) {
        all.forEach(each -> reply(each.getKey(), String.valueOf(each.getValue())));
        return this;
    }

    /** The received lines. */
    List<String> received() {
        return List.copyOf(received);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "flashforge-tcp";
    }

    @Override
    public boolean readsLines() {
        return true;
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        received.add(request.target());
        String word = request.target().substring(1).split(" ", 2)[0];
        String usual = "CMD " + word + " Received.\r\nok\r\n";
        return SimulatedResponse.raw(Buffer.buffer(replies.getOrDefault(word, usual)));
    }
}
