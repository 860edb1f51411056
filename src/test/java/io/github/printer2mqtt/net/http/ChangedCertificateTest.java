package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangedCertificateTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OLD = "sha256:" + "ab".repeat(32);

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final OpenedPrinter.Network network = OpenedPrinter.network(vertx);

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @Test
    void namesBothFingerprintsAndSendsNothing() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create();
        NetServerOptions tls = new NetServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions());
        try (HostileServer server = HostileServer.start(vertx, tls, socket -> {}, (socket, bytes) -> {})) {
            String address = "https://127.0.0.1:" + server.port();
            String shown = Await.done(
                    network.printers().fingerprint(AddressText.parse(address).withDefaultPort(443), LIMIT));

            Throwable failure = Await.failure(
                    network.open(address, OLD).send(LIMIT, PrinterRequest.get("/", Map.of("X-Api-Key", "secret"))));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            PrinterException.class,
                            exception ->
                                    assertThat(exception.failure().reason()).isEqualTo(FailureReason.TLS))
                    .hasMessageContaining("certificate has changed: registered is " + OLD + ", presented is " + shown);
            assertThat(server.requests()).isZero();
        } finally {
            certificate.delete();
        }
    }
}
