package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.printer2mqtt.files.OpenFileLimit;
import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.net.tls.PinnedTrustManager;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.ServerKeyPair;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bridge with HTTPS, and one address that opens many connections and never begins to encrypt. */
@Timeout(60)
class SilentClientsTest {
    private static final int CONNECTIONS = 4000;

    /** For what the bridge and this test open meanwhile. */
    private static final int OTHER_FILES = 200;

    private final ClientLimits limits = ClientLimits.of(Runtime.getRuntime().maxMemory(), OpenFileLimit.ofProcess());

    @TempDir
    private Path folder;

    @Test
    void silentConnectionsAreLimitedBeforeTheHandshake() throws Exception {
        assertThat(limits.connectionsPerAddress()).isLessThan(CONNECTIONS / 2);
        RunningBridge bridge = RunningBridge.start(configuration());
        List<SocketChannel> silent = new ArrayList<>();
        try {
            long before = openFiles();
            for (int i = 0; i < CONNECTIONS; i++) {
                silent.add(
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), bridge.httpPort())));
            }

            assertThat(get("127.0.0.2", bridge.httpPort())).startsWith("HTTP/1.1 200 ");
            assertThat(openFiles() - before)
                    .isLessThanOrEqualTo(CONNECTIONS + limits.connectionsPerAddress() + OTHER_FILES);
            Await.until(
                    "all but one address's share are closed at once",
                    () -> countClosed(silent) >= CONNECTIONS - limits.connectionsPerAddress());
            Await.until(
                    "the others are closed because they did not encrypt",
                    Duration.ofSeconds(15),
                    () -> countClosed(silent) == CONNECTIONS);
            assertThat(get("127.0.0.1", bridge.httpPort()))
                    .as("the address may connect again")
                    .startsWith("HTTP/1.1 200 ");
        } finally {
            for (SocketChannel each : silent) {
                each.close();
            }
            bridge.close();
        }
    }

    private JsonObject configuration() {
        ServerKeyPair pair = ServerKeyPair.in(folder);
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration
                .getJsonObject("http")
                .put(
                        "tls",
                        new JsonObject()
                                .put("certificate", pair.certificate().toString())
                                .put("key", pair.key().toString()));
        return configuration;
    }

    /** The response to a client at an address of this machine. */
    private static String get(String address, int port) throws Exception {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {PinnedTrustManager.any()}, null);
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            plain.setSoTimeout(10_000);
            try (SSLSocket client = (SSLSocket) any.getSocketFactory().createSocket(plain, "127.0.0.1", port, true)) {
                String request =
                        "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
                client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            }
        }
    }

    private static long countClosed(List<SocketChannel> connections) {
        return connections.stream().filter(SilentClientsTest::isClosed).count();
    }

    private static boolean isClosed(SocketChannel connection) {
        try {
            connection.configureBlocking(false);
            return connection.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }
}
