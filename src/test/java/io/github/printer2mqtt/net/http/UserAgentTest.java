package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A printer can tell from each request which node sends it. */
class UserAgentTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @RegisterExtension
    private final WebSocketFixture fixture = new WebSocketFixture();

    @Test
    void nodeNamesItselfAndItsTermInEveryRequest() {
        assertThat(userAgents(new LosableOwnership()))
                .containsExactly(
                        "User-Agent: printer2mqtt/0.1.0 (node hall-a; epoch 17)",
                        "User-Agent: printer2mqtt/0.1.0 (node hall-a; epoch 17)");
    }

    @Test
    void bridgeAloneNamesTheProgramOnly() {
        assertThat(userAgents(Ownership.alone()))
                .containsExactly("User-Agent: printer2mqtt", "User-Agent: printer2mqtt");
    }

    /** That of a request and that of a web socket. */
    private List<String> userAgents(Ownership ownership) {
        List<String> heads = new CopyOnWriteArrayList<>();
        PrinterNetwork printers = PrinterNetwork.create(
                fixture.vertx(), new AddressPolicy(Loopback.ALLOWED, Set::of), null, "0.1.0", ownership);
        try (OpenedPrinter.Network network = new OpenedPrinter.Network(fixture.vertx(), printers);
                HostileServer server =
                        HostileServer.start(fixture.vertx(), new NetServerOptions(), socket -> {}, (socket, bytes) -> {
                            heads.add(bytes.toString());
                            HostileServer.answers("HTTP/1.1 200 OK", "{}").accept(socket);
                        });
                HostileServer webSockets = fixture.server(socket -> {}, null)) {
            Await.done(network.open(server.port()).send(LIMIT, PrinterRequest.get("/api/version", Map.of())));
            Await.done(fixture.open(network.open(webSockets.port()), LIMIT));
        }
        heads.addAll(fixture.requests);
        return heads.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("User-Agent:"))
                .toList();
    }
}
