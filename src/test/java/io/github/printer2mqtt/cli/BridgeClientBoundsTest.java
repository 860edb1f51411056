package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.client.BridgeClient;
import io.github.printer2mqtt.cli.client.BridgeEndpoint;
import io.github.printer2mqtt.cli.client.BridgeTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The client bounds the time of a response. */
class BridgeClientBoundsTest {
    private static final BridgeClient.Timeouts SHORT_TIMEOUTS =
            new BridgeClient.Timeouts(Duration.ofMillis(300), Duration.ofMillis(300));

    @Test
    void endlessResponseTimesOutAndClosesTheSocket() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> closed = CompletableFuture.supplyAsync(() -> sendHalfResponse(server));
            try (BridgeClient client = new BridgeClient(
                    BridgeEndpoint.named(url(server), null, new BridgeTrust(null, null)), SHORT_TIMEOUTS)) {
                assertThatThrownBy(client::list)
                        .isInstanceOf(CliException.class)
                        .hasMessage(url(server) + " did not respond within 300 ms");
            }
            assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    /** Sends the headers and part of the body; returns what the client does next: -1 if it closes the connection. */
    private static int sendHalfResponse(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            int next = 0;
            while (next >= 0) {
                next = socket.getInputStream().read();
            }
            return next;
        } catch (IOException e) {
            return -1;
        }
    }

    private static String url(ServerSocket server) {
        return "http://127.0.0.1:" + server.getLocalPort();
    }
}
