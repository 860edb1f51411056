package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.line.LineExchange;
import io.github.printer2mqtt.net.mqtt.PrinterMqttConnection;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Printers without sockets. {@code drivers} maps an address to the ids of the drivers that recognise the printer there. */
final class FakePrinterNetwork implements PrinterConnector {
    final Map<String, List<String>> drivers = new ConcurrentHashMap<>();
    final List<String> opened = new CopyOnWriteArrayList<>();
    final List<String> probed = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();

    /** Connects that had or have to wait for the gate. */
    final AtomicInteger connecting = new AtomicInteger();

    /** Serial numbers by address, which the drivers find out; their sessions accept {@code open sesame} as password. */
    final Map<String, String> serialNumbers = new ConcurrentHashMap<>();

    /** Whether the drivers send credentials only after a proof of the serial number. */
    volatile boolean provesSerialNumbers = true;

    volatile FailureReason failure = FailureReason.REFUSED;
    volatile @Nullable Promise<Void> gate;

    /** A driver that recognises the addresses that list its id. */
    Driver driver(String id, int port, int precedence) {
        return new FakeDriver(id, port, precedence, Set.of(443, port, 8080));
    }

    /** A driver that is tried at its default port only. */
    Driver driverOfOnePort(String id, int port) {
        return new FakeDriver(id, port, 5, Set.of());
    }

    @Override
    public PrinterHttp open(PrinterAddress address, @Nullable String fingerprint) {
        opened.add(address.toString());
        open.incrementAndGet();
        return new FakeHttp(address);
    }

    @Override
    public Future<String> fingerprint(PrinterAddress address, Duration limit) {
        return Future.succeededFuture("sha256:" + "cd".repeat(32));
    }

    @Override
    public Future<List<InetAddress>> resolve(PrinterAddress address) {
        return Future.succeededFuture(List.of(InetAddress.getLoopbackAddress()));
    }

    /** Connects where a driver answers or TLS fails, after the gate is open. */
    @Override
    public Future<Void> connect(InetAddress ip, int port, Duration limit) {
        Promise<Void> closedGate = gate;
        if (closedGate != null) {
            connecting.incrementAndGet();
            return closedGate.future().compose(opened -> connect(port));
        }
        return connect(port);
    }

    private Future<Void> connect(int port) {
        boolean listens = drivers.keySet().stream()
                .anyMatch(address -> URI.create(address).getPort() == port);
        return listens || failure == FailureReason.TLS
                ? Future.succeededFuture()
                : Future.failedFuture(new PrinterException(failure, null));
    }

    private final class FakeHttp implements PrinterHttp {
        final PrinterAddress address;
        private boolean closed;

        FakeHttp(PrinterAddress address) {
            this.address = address;
        }

        @Override
        public <T> Future<T> within(Duration limit, Function<Exchange, Future<T>> body) {
            throw new AssertionError("fake drivers send nothing");
        }

        @Override
        public <T> Future<T> onSecondConnection(Duration limit, Function<Exchange, Future<T>> body) {
            throw new AssertionError("fake drivers send nothing");
        }

        @Override
        public <T> Future<T> besideWebSocket(Duration limit, Function<Exchange, Future<T>> body) {
            throw new AssertionError("fake drivers send nothing");
        }

        @Override
        public Future<BoundedWebSocket> openWebSocket(
                String path, Map<String, String> headers, Duration limit, BoundedWebSocket.Listener listener) {
            throw new AssertionError("fake drivers send nothing");
        }

        @Override
        public Future<PrinterMqttConnection> openMqtt(
                MqttLogin login, Duration limit, PrinterMqttConnection.Listener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Future<T> overLines(Duration limit, Function<LineExchange, Future<T>> body) {
            throw new AssertionError("fake drivers send nothing");
        }

        @Override
        public int port() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<X509Certificate> certificate(Duration limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }

    private final class FakeDriver implements Driver {
        private final String id;
        private final int port;
        private final int precedence;
        private final Set<Integer> candidatePorts;

        FakeDriver(String id, int port, int precedence, Set<Integer> candidatePorts) {
            this.id = id;
            this.port = port;
            this.precedence = precedence;
            this.candidatePorts = candidatePorts;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int defaultPort() {
            return port;
        }

        @Override
        public Set<Integer> candidatePorts() {
            return candidatePorts;
        }

        @Override
        public int precedence() {
            return precedence;
        }

        @Override
        public boolean provesSerialNumber() {
            return provesSerialNumbers;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public Future<Driver.ProbeResult> probe(PrinterHttp http, Duration limit) {
            PrinterAddress address = ((FakeHttp) http).address;
            probed.add(id + "@" + address.port());
            List<String> driverIds = drivers.get(address.toString());
            Promise<Void> currentGate = gate;
            Future<Void> ready = currentGate == null ? Future.succeededFuture() : currentGate.future();
            return ready.compose(ignored -> {
                if (driverIds == null) {
                    return Future.failedFuture(new PrinterException(failure, null));
                }
                return Future.succeededFuture(
                        driverIds.contains(id)
                                ? Driver.ProbeResult.match(
                                        id + " 1.0", new Driver.Identity(null, serialNumbers.get(address.toString())))
                                : Driver.ProbeResult.noMatch("HTTP 404"));
            });
        }

        @Override
        public PolledSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
            return new PolledSession() {
                @Override
                public Future<Reading> poll() {
                    List<String> driverIds = drivers.get(printer.address().toString());
                    if (driverIds == null) {
                        return Future.failedFuture(new PrinterException(failure, null));
                    }
                    String serial = serialNumbers.get(printer.address().toString());
                    Credentials expected = serial == null
                            ? Credentials.ofApiKey("open sesame")
                            : Credentials.ofLogin(serial, "open sesame");
                    if (!credentials.equals(expected)) {
                        return Future.failedFuture(new PrinterException(FailureReason.AUTH, "HTTP 401"));
                    }
                    return Future.succeededFuture(new Reading(
                            PrinterState.IDLE, null, null, Temperatures.unknown(), null, null, null, null, null));
                }

                @Override
                public Future<Void> execute(PrinterCommand command) {
                    throw new AssertionError("a probe sends no command");
                }

                @Override
                public void close() {
                    http.close();
                }
            };
        }
    }
}
