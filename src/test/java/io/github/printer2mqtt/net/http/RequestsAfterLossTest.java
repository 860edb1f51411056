package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that loses its printers while it asks them sends no further request. */
class RequestsAfterLossTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final PrinterRequest REQUEST = PrinterRequest.get("/api/version", Map.of());

    @RegisterExtension
    private final WebSocketFixture fixture = new WebSocketFixture();

    private final LosableOwnership ownership = new LosableOwnership();
    private final OpenedPrinter.Network network = new OpenedPrinter.Network(
            fixture.vertx(),
            PrinterNetwork.create(
                    fixture.vertx(), new AddressPolicy(Loopback.ALLOWED, Set::of), null, "0.1.0", ownership));
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        network.close();
    }

    private HostileServer server() {
        return HostileServer.start(fixture.vertx(), new NetServerOptions(), socket -> {}, (socket, bytes) -> {
            requests.add(bytes.toString());
            HostileServer.answers("HTTP/1.1 200 OK", "{}").accept(socket);
        });
    }

    private static void assertNotSent(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Exchange.AbortedException.class,
                        aborted -> assertThat(aborted.delivery()).isEqualTo(Delivery.NOT_SENT));
    }

    @Test
    void secondRequestOfAPollIsNotSent() {
        try (HostileServer server = server()) {
            OpenedPrinter printer = network.open(server.port());

            assertNotSent(Await.failure(printer.on(() -> printer.http()
                    .within(
                            LIMIT,
                            exchange -> exchange.send(REQUEST).compose(first -> {
                                ownership.lose();
                                return exchange.send(REQUEST);
                            })))));

            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void firstRequestIsNotSent() {
        try (HostileServer server = server()) {
            ownership.lose();

            assertNotSent(Await.failure(network.open(server.port()).send(LIMIT, REQUEST)));

            assertThat(requests).isEmpty();
        }
    }

    @Test
    void webSocketIsNotRequested() {
        try (HostileServer server = fixture.server(socket -> {}, null)) {
            ownership.lose();

            assertNotSent(Await.failure(fixture.open(network.open(server.port()), LIMIT)));

            assertThat(fixture.requests).isEmpty();
        }
    }
}
