package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host name with several addresses. */
class SeveralAddressesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final PrinterRequest STATUS = PrinterRequest.get("/status", Map.of());
    private static final String NAME = "printer.test";

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<InetAddress[]> addresses = new AtomicReference<>(new InetAddress[0]);
    private final OpenedPrinter.Network network = OpenedPrinter.network(
            vertx, nanos::get, host -> Objects.requireNonNull(addresses.get()).clone());

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @Test
    void triesTheNextAddressInTheSamePollIfAConnectIsRefused() throws UnknownHostException {
        leadsTo("127.0.0.2", "127.0.0.3", "127.0.0.1");
        try (HostileServer server = HostileServer.start(vertx, HostileServer.answers("HTTP/1.1 200 OK", "{}"))) {
            OpenedPrinter printer = network.open(NAME + ":" + server.port(), null);

            assertThat(Await.done(printer.send(LIMIT, STATUS)).status()).isEqualTo(200);
            assertThat(Await.done(printer.send(LIMIT, STATUS)).status()).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void triesTheNextAddressAfterATimeoutAndKeepsTheOneThatResponds() throws UnknownHostException {
        leadsTo("127.0.0.2", "127.0.0.1");
        AtomicInteger silent = new AtomicInteger();
        try (HostileServer server = HostileServer.start(vertx, HostileServer.answers("HTTP/1.1 200 OK", "{}"))) {
            NetServer other = vertx.createNetServer().connectHandler(socket -> silent.incrementAndGet());
            Await.done(other.listen(server.port(), "127.0.0.2"));
            OpenedPrinter printer = network.open(NAME + ":" + server.port(), null);

            assertThat(Await.failure(printer.send(SHORT, STATUS))).hasMessageStartingWith("timeout");
            for (int i = 0; i < 5; i++) {
                assertThat(Await.done(printer.send(LIMIT, STATUS)).status()).isEqualTo(200);
            }
            Await.done(printer.on(() -> printer.http().onSecondConnection(LIMIT, exchange -> exchange.send(STATUS))));

            assertThat(silent).hasValue(1);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void leavesAPreferredAddressThatStopsResponding() throws UnknownHostException {
        leadsTo("127.0.0.1", "127.0.0.2");
        AtomicInteger asked = new AtomicInteger();
        try (HostileServer server = HostileServer.start(vertx, socket -> {
            if (asked.incrementAndGet() == 1) {
                HostileServer.answers("HTTP/1.1 200 OK", "{}").accept(socket);
            }
        })) {
            NetServer other = vertx.createNetServer()
                    .connectHandler(socket -> socket.handler(bytes ->
                            HostileServer.answers("HTTP/1.1 201 OK", "{}").accept(socket)));
            Await.done(other.listen(server.port(), "127.0.0.2"));
            OpenedPrinter printer = network.open(NAME + ":" + server.port(), null);

            assertThat(Await.done(printer.send(LIMIT, STATUS)).status()).isEqualTo(200);
            assertThat(Await.failure(printer.send(SHORT, STATUS))).hasMessageStartingWith("timeout");
            assertThat(Await.done(printer.send(LIMIT, STATUS)).status()).isEqualTo(201);
        }
    }

    @Test
    void closesTheConnectionToAnAddressThatTheNameNoLongerHas() throws UnknownHostException {
        leadsTo("127.0.0.1");
        try (HostileServer server = HostileServer.start(vertx, HostileServer.answers("HTTP/1.1 200 OK", "{}"))) {
            OpenedPrinter printer = network.open(NAME + ":" + server.port(), null);
            Await.done(printer.send(LIMIT, STATUS));
            assertThat(server.openSockets()).isEqualTo(1);

            leadsTo("127.0.0.2");
            nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            Await.until(
                    "the name is resolved again",
                    () -> Await.done(
                            printer.send(LIMIT, STATUS).transform(done -> Future.succeededFuture(done.failed()))));

            Await.until("no connection is left at the first", () -> server.openSockets() == 0);
        }
    }

    /** 29: a name that led to a printer at its registration leads to a metadata service when it is polled. */
    @Test
    void addressThatANameLeadsToLaterIsCheckedToo() throws UnknownHostException {
        leadsTo("127.0.0.1");
        try (HostileServer server = HostileServer.start(vertx, HostileServer.answers("HTTP/1.1 200 OK", "{}"))) {
            OpenedPrinter printer = network.open(NAME + ":" + server.port(), null);
            assertThat(Await.done(printer.send(LIMIT, STATUS)).status()).isEqualTo(200);

            for (String refused : List.of("169.254.169.254", "0.0.0.0", "fd00:ec2::254")) {
                leadsTo(refused);
                nanos.addAndGet(Duration.ofMinutes(2).toNanos());
                Await.until(
                        "the name is resolved again",
                        () -> Await.done(
                                printer.send(LIMIT, STATUS).transform(done -> Future.succeededFuture(done.failed()))));
                assertThat(Await.failure(printer.send(LIMIT, STATUS)))
                        .isInstanceOf(PrinterException.class)
                        .hasMessageContaining(", expected a printer");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** 30: of a name with an allowed and a refused address only the allowed one is used. */
    @Test
    void refusedAddressOfANameIsLeftOut() throws UnknownHostException {
        leadsTo("169.254.169.254", "127.0.0.1");
        try (HostileServer server = HostileServer.start(vertx, HostileServer.answers("HTTP/1.1 200 OK", "{}"))) {
            OpenedPrinter printer = network.open(NAME + ":" + server.port(), null);
            for (int i = 0; i < 3; i++) {
                assertThat(Await.done(printer.send(SHORT, STATUS)).status()).isEqualTo(200);
            }
        }
    }

    private void leadsTo(String... literals) throws UnknownHostException {
        InetAddress[] found = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            found[i] = InetAddress.getByName(literals[i]);
        }
        addresses.set(found);
    }
}
