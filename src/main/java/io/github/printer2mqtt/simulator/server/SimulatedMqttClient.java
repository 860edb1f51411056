package io.github.printer2mqtt.simulator.server;

import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client of a printer that is a broker: subscriptions and messages with QoS 0, and acknowledgements for QoS 1. A fault of the server
 * replaces what it would send. Reads on the event loop of its connection; publishing and closing are thread-safe.
 */
public final class SimulatedMqttClient implements SimulatorConnection.Stream {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int LEVEL_3_1_1 = 4;
    private static final int WRONG_VERSION = 1;
    private static final int NOT_AUTHORIZED = 5;
    private static final int REFUSED = 0x80;

    private final SimulatorConnection connection;
    private final PrinterServer server;
    private final MqttSimulator.Client simulator;
    private final Set<String> filters = ConcurrentHashMap.newKeySet();
    private Buffer pending = Buffer.buffer();
    private boolean isLoggedIn;
    private volatile boolean isClosing;

    private SimulatedMqttClient(SimulatorConnection connection, PrinterServer server, MqttSimulator printer) {
        this.connection = connection;
        this.server = server;
        this.simulator = printer.connect(this);
    }

    static SimulatedMqttClient accept(SimulatorConnection connection, PrinterServer server, MqttSimulator printer) {
        SimulatedMqttClient accepted = new SimulatedMqttClient(connection, server, printer);
        connection.every(server.tick(), step -> accepted.onTick());
        return accepted;
    }

    /** Sends a message if the client has subscribed to its topic. */
    public void publish(String topic, Buffer payload) {
        if (filters.stream().anyMatch(filter -> matches(filter, topic))) {
            send(MqttPacket.publish(topic, payload));
        }
    }

    /** Sends bytes that need not be MQTT. */
    public void send(Buffer bytes) {
        if (!isClosing) {
            connection.write(bytes);
        }
    }

    /** Closes the connection; nothing is sent any more. */
    public void disconnect() {
        isClosing = true;
        connection.close();
    }

    @Override
    public void onBytes(Buffer bytes) {
        if (server.behaviour().isFaulty()) {
            connection.playFault();
            return;
        }
        pending.appendBuffer(bytes);
        try {
            for (MqttPacket packet = MqttPacket.first(pending); packet != null; packet = MqttPacket.first(pending)) {
                pending = pending.getBuffer(packet.encodedLength(), pending.length());
                onPacket(packet);
            }
        } catch (IndexOutOfBoundsException e) {
            disconnect(); // a malformed packet
        }
        if (pending.length() > MAX_BYTES) {
            disconnect();
        }
    }

    @Override
    public void close() {
        isClosing = true;
        simulator.onClose();
    }

    private boolean onTick() {
        if (server.behaviour().isFaulty()) {
            return connection.playFault();
        }
        if (isLoggedIn && !isClosing) {
            simulator.onTick();
        }
        return true;
    }

    private void onPacket(MqttPacket packet) {
        if (isClosing || (!isLoggedIn && packet.type() != MqttPacket.CONNECT)) {
            disconnect();
            return;
        }
        MqttPacketReader reader = new MqttPacketReader(packet);
        switch (packet.type()) {
            case MqttPacket.CONNECT -> connect(reader.connect());
            case MqttPacket.SUBSCRIBE -> subscribe(reader);
            case MqttPacket.UNSUBSCRIBE -> {
                Buffer identifier = reader.identifier();
                reader.filters().forEach(filters::remove);
                send(MqttPacket.encode(0xb0, identifier));
            }
            case MqttPacket.PUBLISH -> onPublish(packet.qos(), reader);
            case MqttPacket.PINGREQ -> send(MqttPacket.encode(0xd0, Buffer.buffer()));
            case MqttPacket.DISCONNECT -> disconnect();
            default -> {}
        }
    }

    private void connect(MqttPacketReader.Connect login) {
        int code = login.level() != LEVEL_3_1_1
                ? WRONG_VERSION
                : simulator.mayLogIn(login.user(), login.password()) ? 0 : NOT_AUTHORIZED;
        isLoggedIn = code == 0;
        send(MqttPacket.encode(0x20, Buffer.buffer().appendByte((byte) 0).appendByte((byte) code)));
        if (!isLoggedIn) {
            disconnect();
        }
    }

    private void subscribe(MqttPacketReader reader) {
        Buffer acknowledgement = Buffer.buffer().appendBuffer(reader.identifier());
        for (String filter : reader.subscribedFilters()) {
            boolean isAllowed = simulator.mayRead(filter);
            if (isAllowed) {
                filters.add(filter);
            }
            acknowledgement.appendByte((byte) (isAllowed ? 0 : REFUSED));
        }
        send(MqttPacket.encode(0x90, acknowledgement));
    }

    private void onPublish(int qos, MqttPacketReader reader) {
        server.onRequest();
        String topic = reader.text();
        if (qos > 0) {
            send(MqttPacket.encode(0x40, reader.identifier()));
        }
        simulator.onMessage(topic, reader.rest());
    }

    private static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }
}
