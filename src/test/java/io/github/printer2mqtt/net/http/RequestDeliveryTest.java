package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterRequest.Purpose;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TcpProxy;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SelfSignedCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The failure of a command says whether the printer may have received it. */
class RequestDeliveryTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final PrinterRequest PAUSE =
            new PrinterRequest(Method.PUT, "/api/v1/job/9/pause", Map.of(), null, Purpose.CHANGE);

    private static final SelfSignedCertificate CERTIFICATE = SelfSignedCertificate.create();

    @AfterAll
    static void deleteCertificate() {
        CERTIFICATE.delete();
    }

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final OpenedPrinter.Network network = OpenedPrinter.network(vertx);
    private final NetServerOptions tls =
            new NetServerOptions().setSsl(true).setKeyCertOptions(CERTIFICATE.keyCertOptions());

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @Test
    void reportsNotSentForARefusedConnection() {
        expect(failure(pause(network.open(Ports.free()), LONG)), FailureReason.REFUSED, Delivery.NOT_SENT);
    }

    @Test
    void reportsNotSentForANameWithoutAddress() {
        expect(
                failure(pause(network.open("no-such-host.invalid:80", null), LONG)),
                FailureReason.DNS,
                Delivery.NOT_SENT);
    }

    @Test
    void reportsNotSentForAnUntrustedCertificate() {
        try (HostileServer server = HostileServer.start(vertx, tls, socket -> {}, (socket, bytes) -> {})) {
            OpenedPrinter printer = network.open("https://127.0.0.1:" + server.port(), null);

            expect(failure(pause(printer, LONG)), FailureReason.TLS, Delivery.NOT_SENT);
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void reportsNotSentForAStalledHandshake() {
        try (HostileServer server = HostileServer.start(vertx, socket -> {})) {
            OpenedPrinter printer = network.open("https://127.0.0.1:" + server.port(), null);

            expect(failure(pause(printer, SHORT)), FailureReason.TIMEOUT, Delivery.NOT_SENT);
        }
    }

    @Test
    void reportsPossibleDeliveryForASilentPrinter() {
        try (HostileServer server = HostileServer.start(vertx, socket -> {})) {
            expect(failure(pause(network.open(server.port()), SHORT)), FailureReason.TIMEOUT, Delivery.POSSIBLE);
        }
    }

    @Test
    void reportsPossibleDeliveryForAClosedConnection() {
        try (HostileServer server = HostileServer.start(vertx, NetSocket::close)) {
            expect(failure(pause(network.open(server.port()), LONG)), FailureReason.UNREADABLE, Delivery.POSSIBLE);
        }
    }

    @Test
    void reportsPossibleDeliveryIfTlsFailsAfterTheRequest() {
        List<TcpProxy> relays = new CopyOnWriteArrayList<>();
        BiConsumer<NetSocket, Buffer> breaksEncryption =
                (socket, bytes) -> relays.forEach(relay -> relay.inject("this is no TLS record"));
        try (HostileServer server = HostileServer.start(vertx, tls, socket -> {}, breaksEncryption);
                TcpProxy relay = TcpProxy.to(vertx, server.port())) {
            relays.add(relay);

            PrinterException failure = failure(pause(trusting(relay), LONG));

            assertThat(server.requests()).isEqualTo(1);
            assertThat(failure.delivery()).isEqualTo(Delivery.POSSIBLE);
        }
    }

    /** After a digest challenge the printer has done nothing. */
    @Test
    void reportsTheDeliveryOfTheLastRequestOnly() {
        Consumer<NetSocket> challenge = HostileServer.answers("HTTP/1.1 401 Unauthorized", "{}");
        try (HostileServer server =
                        HostileServer.start(vertx, tls, socket -> {}, (socket, bytes) -> challenge.accept(socket));
                TcpProxy relay = TcpProxy.to(vertx, server.port())) {
            OpenedPrinter printer = trusting(relay);

            Future<PrinterResponse> command = printer.on(() -> printer.http()
                    .onSecondConnection(
                            LONG,
                            exchange -> exchange.send(PAUSE).compose(refused -> {
                                relay.cut();
                                return exchange.send(PAUSE);
                            })));

            assertThat(failure(command).delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void reportsNotSentIfAbortedDuringTheHandshake() {
        try (HostileServer server = HostileServer.start(vertx, socket -> {})) {
            OpenedPrinter printer = network.open("https://127.0.0.1:" + server.port(), null);
            Future<PrinterResponse> command = pause(printer, LONG);
            Await.until("the handshake begins", () -> server.requests() > 0);

            assertThat(aborted(printer, command).delivery()).isEqualTo(Delivery.NOT_SENT);
        }
    }

    @Test
    void reportsPossibleDeliveryIfAbortedAfterTheRequest() {
        try (HostileServer server = HostileServer.start(vertx, socket -> {})) {
            OpenedPrinter printer = network.open(server.port());
            Future<PrinterResponse> command = pause(printer, LONG);
            Await.until("the request arrives", () -> server.requests() == 1);

            assertThat(aborted(printer, command).delivery()).isEqualTo(Delivery.POSSIBLE);
        }
    }

    private OpenedPrinter trusting(TcpProxy relay) {
        String address = "https://127.0.0.1:" + relay.port();
        String fingerprint = Await.done(
                network.printers().fingerprint(AddressText.parse(address).withDefaultPort(443), LONG));
        return network.open(address, fingerprint);
    }

    private static Future<PrinterResponse> pause(OpenedPrinter printer, Duration limit) {
        return printer.on(() -> printer.http().onSecondConnection(limit, exchange -> exchange.send(PAUSE)));
    }

    private static Exchange.AbortedException aborted(OpenedPrinter printer, Future<PrinterResponse> command) {
        printer.context().runOnContext(now -> printer.http().close());
        return (Exchange.AbortedException) Await.failure(command);
    }

    private static PrinterException failure(Future<PrinterResponse> command) {
        return (PrinterException) Await.failure(command);
    }

    private static void expect(PrinterException failure, FailureReason reason, Delivery delivery) {
        assertThat(failure.failure().reason()).isEqualTo(reason);
        assertThat(failure.delivery()).isEqualTo(delivery);
    }
}
