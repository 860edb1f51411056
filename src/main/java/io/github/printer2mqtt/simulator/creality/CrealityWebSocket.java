package io.github.printer2mqtt.simulator.creality;

import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One client of the web socket, as recorded: the whole status after the connect and on request, otherwise what changed, and a heart beat.
 * Not thread-safe.
 */
final class CrealityWebSocket implements WebSocketSimulator {
    private static final int TICKS_PER_HEART_BEAT = 8;

    private final CrealitySimulator simulator;
    private JsonObject sent = new JsonObject();
    private int ticks;

    CrealityWebSocket(CrealitySimulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public List<String> onOpen() {
        return List.of(whole());
    }

    private String whole() {
        sent = simulator.status();
        return sent.encode();
    }

    @Override
    public List<String> onMessage(String text) {
        if (text.equals("ok")) {
            return List.of();
        }
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (RuntimeException notJson) {
            return List.of();
        }
        JsonObject params = message.getJsonObject("params", new JsonObject());
        if ("set".equals(message.getString("method"))) {
            simulator.set(params);
            return List.of();
        }
        if (params.containsKey("boxsInfo")) {
            return List.of(simulator.spools().encode());
        }
        return params.containsKey("ReqPrinterPara") ? List.of("ok", whole()) : List.of("ok");
    }

    @Override
    public List<String> onTick() {
        List<String> messages = new ArrayList<>();
        for (int i = 1; i < simulator.messagesPerTick(); i++) {
            messages.add(simulator.temperatures().encode());
        }
        JsonObject now = simulator.status();
        JsonObject changed = new JsonObject();
        now.forEach(member -> {
            if (!Objects.equals(member.getValue(), sent.getValue(member.getKey()))) {
                changed.put(member.getKey(), member.getValue());
            }
        });
        sent = now;
        if (!changed.isEmpty()) {
            messages.add(changed.encode());
        }
        ticks++;
        if (ticks % TICKS_PER_HEART_BEAT == 0) {
            messages.add("{\"ModeCode\":\"heart_beat\"}");
        }
        return messages;
    }
}
