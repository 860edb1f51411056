package io.github.printer2mqtt.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class BlackHoleTest {
    @Test
    void connectionAttemptsHang() throws IOException {
        try (BlackHole blackHole = BlackHole.open()) {
            assumeTrue(blackHole.dropsConnects(), "this system does not drop connections to a full queue");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> connect("127.0.0.1", blackHole.port()))
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Test
    void wildcardAddressTakesThePortAtEveryLoopbackAddress() throws IOException {
        try (BlackHole blackHole = BlackHole.open("0.0.0.0", 0)) {
            assumeTrue(blackHole.dropsConnects(), "this system does not drop connections to a full queue");
            assertThatThrownBy(() -> connect("127.1.2.3", blackHole.port())).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void closeFreesThePort() throws IOException {
        BlackHole blackHole = BlackHole.open();
        blackHole.close();
        blackHole.close();
        assertThatThrownBy(() -> connect("127.0.0.1", blackHole.port())).isInstanceOf(ConnectException.class);
        BlackHole.open("127.0.0.1", blackHole.port()).close();
        assertThat(blackHole.url()).endsWith(":" + blackHole.port());
    }

    private static void connect(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), 300);
        }
    }
}
