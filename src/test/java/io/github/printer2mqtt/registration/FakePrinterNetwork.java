package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A few houses with printers in them: who lives at an address is a list of the drivers that recognise it. */
final class FakePrinterNetwork implements PrinterConnector {
    final Map<String, List<String>> houses = new ConcurrentHashMap<>();
    final List<String> dialled = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    volatile FailureReason emptyHouse = FailureReason.REFUSED;
    volatile @Nullable Promise<Void> gate;

    /** A driver that recognises the houses where its id is on the door. */
    Driver driver(String id, int port, int precedence) {
        return new VillageDriver(id, port, precedence);
    }

    @Override
    public PrinterHttp open(PrinterAddress address, @Nullable String fingerprint) {
        dialled.add(address.toString());
        open.incrementAndGet();
        return new Door(address);
    }

    @Override
    public Future<String> fingerprint(PrinterAddress address, Duration limit) {
        return Future.succeededFuture("sha256:" + "cd".repeat(32));
    }

    private final class Door implements PrinterHttp {
        final PrinterAddress address;
        private boolean closed;

        Door(PrinterAddress address) {
            this.address = address;
        }

        @Override
        public <T> Future<T> within(Duration limit, Function<Exchange, Future<T>> body) {
            throw new AssertionError("the drivers here send nothing");
        }

        @Override
        public <T> Future<T> onSecondConnection(Duration limit, Function<Exchange, Future<T>> body) {
            throw new AssertionError("the drivers here send nothing");
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }

    private final class VillageDriver implements Driver {
        private final String id;
        private final int port;
        private final int precedence;

        VillageDriver(String id, int port, int precedence) {
            this.id = id;
            this.port = port;
            this.precedence = precedence;
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
            return Set.of(443, port, 8080);
        }

        @Override
        public int precedence() {
            return precedence;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public Future<Driver.ProbeResult> probe(PrinterHttp http, Duration limit) {
            PrinterAddress address = ((Door) http).address;
            asked.add(id + "@" + address.port());
            List<String> door = houses.get(address.toString());
            Promise<Void> wait = gate;
            Future<Void> ready = wait == null ? Future.succeededFuture() : wait.future();
            return ready.compose(opened -> {
                if (door == null) {
                    return Future.failedFuture(new PrinterException(emptyHouse, null));
                }
                return Future.succeededFuture(
                        door.contains(id)
                                ? Driver.ProbeResult.match(id + " 1.0")
                                : Driver.ProbeResult.noMatch("HTTP 404"));
            });
        }

        @Override
        public PolledSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
            return new PolledSession() {
                @Override
                public Future<Reading> poll() {
                    List<String> door = houses.get(printer.address().toString());
                    if (door == null) {
                        return Future.failedFuture(new PrinterException(emptyHouse, null));
                    }
                    if (!credentials.equals(Credentials.ofApiKey("open sesame"))) {
                        return Future.failedFuture(new PrinterException(FailureReason.AUTH, "HTTP 401"));
                    }
                    return Future.succeededFuture(new Reading(
                            PrinterState.IDLE, null, null, Temperatures.unknown(), null, null, null, null, null));
                }

                @Override
                public Future<Void> execute(Command command) {
                    throw new AssertionError("a probe commands nothing");
                }

                @Override
                public void close() {
                    http.close();
                }
            };
        }
    }
}
