package io.github.printer2mqtt.simulator.server;

import java.util.List;

/** What a server sends over one web socket. Called on the event loop of its connection. */
public interface WebSocketSimulator {
    /** The messages that the server sends to a new client. */
    default List<String> onOpen() {
        return List.of();
    }

    /** The messages in response to one. */
    List<String> onMessage(String text);

    /** The messages that the server sends by itself; called every quarter of a second. */
    List<String> onTick();
}
