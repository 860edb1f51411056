package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A driver for which every printer that responds is idle, with a hook around each poll. */
final class ScriptedDriver implements Driver {
    private static final String ID = "plain";

    private final Function<Supplier<Future<Reading>>, Future<Reading>> around;

    /** @param around called with each poll, on the loop of the poll */
    ScriptedDriver(Function<Supplier<Future<Reading>>, Future<Reading>> around) {
        this.around = around;
    }

    /** A printer of 127.0.0.1 for this driver. */
    static Printer printer(String id, int port) {
        return TestPrinters.printer(new PrinterId(id), id, ID, "127.0.0.1:" + port);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int defaultPort() {
        return 80;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public Future<Driver.ProbeResult> probe(PrinterHttp http, Duration limit) {
        return Future.succeededFuture(Driver.ProbeResult.noMatch("only in this test"));
    }

    @Override
    public PolledSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new PolledSession() {
            @Override
            public Future<Reading> poll() {
                return around.apply(() -> http.within(
                                timeout, exchange -> exchange.send(PrinterRequest.get("/", Map.of())))
                        .map(answer -> idle()));
            }

            @Override
            public Future<Void> execute(PrinterCommand command) {
                return Future.succeededFuture();
            }

            @Override
            public void close() {
                http.close();
            }
        };
    }

    private static Reading idle() {
        return new Reading(PrinterState.IDLE, "IDLE", null, Temperatures.unknown(), null, null, null, null, null);
    }
}
