package io.github.printer2mqtt.bench.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FarmServerTest {
    private static final String ASK_PRUSALINK = "GET /api/v1/status HTTP/1.1\r\nHost: x\r\n\r\n";

    private ServerSocketChannel listener;
    private List<FarmPrinter> printers;
    private StalenessRecorder staleness;
    private FarmServer server;
    private Thread thread;

    @BeforeEach
    void open() throws IOException {
        listener = FarmServer.listen(0);
        int port = listener.socket().getLocalPort();
        printers = List.of(
                new FarmPrinter(0, PrinterBehaviour.HEALTHY, Protocol.PRUSALINK, port),
                new FarmPrinter(1, PrinterBehaviour.SILENT, Protocol.PRUSALINK, port));
        staleness = new StalenessRecorder(printers, System.nanoTime());
        server = FarmServer.open(listener, printers, staleness, new ResponseTimestamps(2), 1);
        thread = new Thread(server, "printers");
        thread.start();
    }

    @AfterEach
    void close() throws Exception {
        thread.interrupt();
        thread.join(5_000);
        listener.close();
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void healthyPrinterEncodesCounterInBedTemperature() throws Exception {
        try (Socket socket =
                new Socket(printers.get(0).host(), listener.socket().getLocalPort())) {
            double first = bed(socket);
            double second = bed(socket);

            assertThat(FarmResponses.counterOf(first)).isEqualTo(1);
            assertThat(FarmResponses.counterOf(second)).isEqualTo(2);
        }
        JsonObject window = onStation();
        assertThat(window.getLong("answered")).isEqualTo(2);
        assertThat(window.getLong("polls")).isEqualTo(2);
        assertThat(window.getInteger("healthy")).isEqualTo(1);
        assertThat(window.getJsonObject("staleness_ms").getDouble("max")).isPositive();
    }

    @Test
    void requestInPiecesIsAnswered() throws Exception {
        try (Socket socket =
                new Socket(printers.get(0).host(), listener.socket().getLocalPort())) {
            socket.setSoTimeout(10_000);
            for (String piece : ASK_PRUSALINK.split("(?<=\n)", -1)) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
            assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void pollsOfSilentPrinterAreCounted() throws Exception {
        try (Socket socket =
                new Socket(printers.get(1).host(), listener.socket().getLocalPort())) {
            socket.setSoTimeout(400);
            socket.getOutputStream().write(ASK_PRUSALINK.getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        JsonObject window = onStation();
        assertThat(window.getLong("polls")).isEqualTo(1);
        assertThat(window.getLong("answered")).isZero();
    }

    @Test
    void connectionToUnknownAddressIsClosed() throws Exception {
        try (Socket socket = new Socket("127.99.0.1", listener.socket().getLocalPort())) {
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private JsonObject onStation() throws Exception {
        CompletableFuture<JsonObject> window = new CompletableFuture<>();
        server.execute(() -> window.complete(staleness.close(System.nanoTime())));
        return window.get(10, TimeUnit.SECONDS);
    }

    private static double bed(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(ASK_PRUSALINK.getBytes(StandardCharsets.US_ASCII));
        InputStream in = new BufferedInputStream(socket.getInputStream());
        StringBuilder response = new StringBuilder();
        while (response.indexOf("\r\n0\r\n\r\n") < 0) {
            response.append((char) in.read());
        }
        String text = response.substring(response.indexOf("\"temp_bed\":") + "\"temp_bed\":".length());
        return Double.parseDouble(text.substring(0, text.indexOf(',')));
    }
}
