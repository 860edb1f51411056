package io.github.printer2mqtt.simulator.server;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.WebSocketCodec;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Kind;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Message;
import io.github.printer2mqtt.net.websocket.WebSocketHandshake;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The web socket that one connection was upgraded to. A fault of the server replaces what it would send. Belongs to the
 * event loop of its connection.
 */
final class SimulatedWebSocket implements SimulatorConnection.Stream {
    private static final int MAX_BYTES = 256 * 1024;

    private final SimulatorConnection connection;
    private final PrinterServer server;
    private final WebSocketSimulator simulator;
    private final WebSocketCodec codec = WebSocketCodec.server(MAX_BYTES);

    private SimulatedWebSocket(SimulatorConnection connection, PrinterServer server, WebSocketSimulator simulator) {
        this.connection = connection;
        this.server = server;
        this.simulator = simulator;
    }

    /** Answers the request for a web socket; null if the request is none or the printer has no web socket there. */
    static @Nullable SimulatedWebSocket accept(
            SimulatorConnection connection, PrinterServer server, ProtocolSimulator printer, SimulatedRequest request) {
        String key = request.header("sec-websocket-key");
        boolean isUpgrade = "websocket".equalsIgnoreCase(request.header("upgrade"));
        WebSocketSimulator simulator = isUpgrade && key != null ? printer.webSocket(request) : null;
        if (simulator == null || key == null) {
            return null;
        }
        connection.write(Buffer.buffer("HTTP/1.1 101 Switching Protocols\r\nServer: TornadoServer/6.2\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + WebSocketHandshake.accept(key) + "\r\n\r\n"));
        SimulatedWebSocket accepted = new SimulatedWebSocket(connection, server, simulator);
        simulator.onOpen().forEach(accepted::send);
        connection.every(server.tick(), step -> accepted.onTick());
        return accepted;
    }

    @Override
    public void onBytes(Buffer bytes) {
        if (server.behaviour().isFaulty()) {
            connection.playFault();
            return;
        }
        try {
            codec.decode(bytes).forEach(this::onMessage);
        } catch (PrinterException e) {
            connection.close();
        }
    }

    @Override
    public void close() {
        codec.close();
    }

    private void onMessage(Message message) {
        switch (message.kind()) {
            case TEXT -> {
                server.onRequest();
                simulator.onMessage(message.payload().toString()).forEach(this::send);
            }
            case PING -> connection.write(codec.encode(new Message(Kind.PONG, message.payload())));
            case CLOSE -> connection.close();
            case BINARY, PONG -> {}
        }
    }

    private boolean onTick() {
        if (server.behaviour().isFaulty()) {
            return connection.playFault();
        }
        simulator.onTick().forEach(this::send);
        return true;
    }

    private void send(String text) {
        connection.write(codec.encode(Message.text(text)));
    }
}
