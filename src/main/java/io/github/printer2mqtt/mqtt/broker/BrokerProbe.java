package io.github.printer2mqtt.mqtt.broker;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.text.HostUrl;
import io.github.printer2mqtt.text.Secret;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Checks with a CONNECT of MQTT 3.1.1 that a broker listens at an address, because HiveMQ reports a port that it could
 * not bind only in its own log.
 */
final class BrokerProbe {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int LEVEL_3_1_1 = 4;
    private static final int CLEAN_SESSION = 0x02;
    private static final int WITH_LOGIN = 0xc0;

    private BrokerProbe() {}

    /**
     * Blocks until the broker has accepted the connection, at most 20 seconds per step.
     *
     * @throws IOException if no broker does
     */
    static void expectBroker(BridgeConfig.Broker config) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HostUrl.reachableHost(config.host()), config.port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(connect(config));
            byte[] response = socket.getInputStream().readNBytes(4);
            if (response.length < 4) {
                throw new EOFException("the connection was closed");
            }
            if (response[0] != 0x20 || response[3] != 0) {
                throw new IOException("another program listens there");
            }
        }
    }

    private static byte[] connect(BridgeConfig.Broker config) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        String username = config.username();
        Secret password = config.password();
        text(out, "MQTT");
        out.writeByte(LEVEL_3_1_1);
        if (username == null || password == null) {
            out.writeByte(CLEAN_SESSION);
            out.writeShort(0);
            text(out, "");
        } else {
            out.writeByte(CLEAN_SESSION | WITH_LOGIN);
            out.writeShort(0);
            text(out, "");
            text(out, username);
            text(out, password.reveal());
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x10);
        for (int left = body.size(); left > 0; left >>= 7) {
            packet.write(left < 0x80 ? left : (left & 0x7f) | 0x80);
        }
        body.writeTo(packet);
        return packet.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }
}
