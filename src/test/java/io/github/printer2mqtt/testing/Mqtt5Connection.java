package io.github.printer2mqtt.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttConnect;
import org.eclipse.paho.mqttv5.common.packet.MqttDisconnect;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPubAck;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.MqttSubscribe;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.jspecify.annotations.Nullable;

/**
 * A connection of one MQTT 5 client to a broker on 127.0.0.1. Paho's client takes 300 ms to start its threads, which most
 * tests would spend; only its packets are used here. Safe for every thread.
 */
final class Mqtt5Connection implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int MQTT_5 = 5;
    private static final int FIRST_ERROR = 0x80;
    private static final int MAX_PACKET_ID = 65_535;

    private final Socket socket;
    private final DataInputStream in;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<MqttWireMessage>> unacknowledged = new ConcurrentHashMap<>();

    private Mqtt5Connection(Socket socket, DataInputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /** Connects within 20 seconds. Nothing else may be called before {@link #receive}. */
    static Mqtt5Connection open(int port, @Nullable String username, @Nullable String password) throws IOException {
        Socket socket = new Socket();
        try {
            // Nagle's algorithm slows thousands of small messages a hundredfold.
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) BOUND.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) BOUND.toMillis());
            Mqtt5Connection connection = new Mqtt5Connection(socket, new DataInputStream(socket.getInputStream()));
            connection.send(connect(username, password));
            expectSuccess(connection.read());
            socket.setSoTimeout(0);
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static MqttConnect connect(@Nullable String username, @Nullable String password) {
        String clientId = "test-" + UUID.randomUUID();
        MqttConnect packet = new MqttConnect(clientId, MQTT_5, true, 0, new MqttProperties(), new MqttProperties());
        if (username != null && password != null) {
            packet.setUserName(username);
            packet.setPassword(password.getBytes(StandardCharsets.UTF_8));
        }
        return packet;
    }

    /**
     * Starts to receive.
     *
     * @param listener called for each message, on one thread; the message is acknowledged when it returns
     */
    void receive(Consumer<MqttPublish> listener) {
        Thread reader = new Thread(() -> receiveAll(listener), "mqtt-test-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** Subscribes with QoS 1 and waits until it is acknowledged. */
    void subscribe(String filter) throws IOException {
        sendAcknowledged(new MqttSubscribe(new MqttSubscription(filter, 1), new MqttProperties()));
    }

    /** Publishes with QoS 1 and waits until it is acknowledged. */
    void publish(String topic, byte[] payload, boolean retained, MqttProperties properties) throws IOException {
        sendAcknowledged(new MqttPublish(topic, new MqttMessage(payload, 1, retained, properties), properties));
    }

    private void sendAcknowledged(MqttWireMessage packet) throws IOException {
        int id = 1 + Math.floorMod(lastId.getAndIncrement(), MAX_PACKET_ID);
        CompletableFuture<MqttWireMessage> acknowledgement = new CompletableFuture<>();
        unacknowledged.put(id, acknowledgement);
        packet.setMessageId(id);
        try {
            if (socket.isClosed()) {
                throw new IOException("the connection is closed");
            }
            send(packet);
            expectSuccess(acknowledgement.get(BOUND.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("not acknowledged", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            unacknowledged.remove(id);
        }
    }

    private static void expectSuccess(MqttWireMessage response) throws IOException {
        int[] codes = response.getReasonCodes();
        if (codes != null && Arrays.stream(codes).anyMatch(code -> code >= FIRST_ERROR)) {
            throw new IOException("refused by the broker: " + response);
        }
    }

    private synchronized void send(MqttWireMessage packet) throws IOException {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(packet.serialize());
            out.flush();
        } catch (MqttException e) {
            throw new IOException(e);
        }
    }

    private void receiveAll(Consumer<MqttPublish> listener) {
        try {
            while (true) {
                MqttWireMessage packet = read();
                if (packet instanceof MqttPublish message) {
                    listener.accept(message);
                    acknowledge(message);
                } else {
                    CompletableFuture<MqttWireMessage> waiting = unacknowledged.get(packet.getMessageId());
                    if (waiting != null) {
                        waiting.complete(packet);
                    }
                }
            }
        } catch (IOException e) {
            closeSocket();
            unacknowledged.values().forEach(waiting -> waiting.completeExceptionally(e));
        }
    }

    private void acknowledge(MqttPublish message) throws IOException {
        if (message.getQoS() > 0) {
            try {
                send(new MqttPubAck(MqttReturnCode.RETURN_CODE_SUCCESS, message.getMessageId(), new MqttProperties()));
            } catch (MqttException e) {
                throw new IOException(e);
            }
        }
    }

    private MqttWireMessage read() throws IOException {
        int type = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0);
        byte[] encodedLength = MqttWireMessage.encodeVariableByteInteger(length);
        byte[] packet = new byte[1 + encodedLength.length + length];
        packet[0] = (byte) type;
        System.arraycopy(encodedLength, 0, packet, 1, encodedLength.length);
        in.readFully(packet, 1 + encodedLength.length, length);
        try {
            return MqttWireMessage.createWireMessage(packet);
        } catch (MqttException e) {
            throw new IOException(e);
        }
    }

    /** Disconnects. Does nothing if the broker has gone. */
    @Override
    public void close() {
        try {
            send(new MqttDisconnect(MqttReturnCode.RETURN_CODE_SUCCESS, new MqttProperties()));
        } catch (IOException | MqttException e) {
            // The test has killed the broker.
        }
        closeSocket();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
