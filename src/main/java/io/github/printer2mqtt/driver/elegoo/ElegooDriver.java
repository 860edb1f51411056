package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Elegoo printers with SDCP 3; see the package comment. */
public final class ElegooDriver implements Driver {
    private static final int PORT = 3030;

    private final LongSupplier nanos;
    private final int port;

    public ElegooDriver() {
        this(System::nanoTime, PORT);
    }

    /**
     * For tests.
     *
     * @param nanos monotonic time
     * @param port of the printers
     */
    ElegooDriver(LongSupplier nanos, int port) {
        this.nanos = nanos;
        this.port = port;
    }

    @Override
    public String id() {
        return "elegoo";
    }

    @Override
    public int defaultPort() {
        return PORT;
    }

    /** None that another driver could answer at. */
    @Override
    public Set<Integer> candidatePorts() {
        return Set.of();
    }

    @Override
    public String credentialsHelp() {
        return "the printer needs no credentials";
    }

    /** Which axes can be homed alone is not known for certain, and nothing stops the printer at once. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.HOME, Capability.EMERGENCY_STOP));
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.complementOf(EnumSet.of(
                TelemetryField.FILAMENTS,
                TelemetryField.ACTIVE_NOZZLE,
                TelemetryField.THUMBNAIL,
                TelemetryField.SNAPSHOT));
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(SdcpAnnouncement.source());
    }

    /** Asks for the attributes, only where such a printer may be: it takes one of its few connections for a moment. */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        if (http.port() != port) {
            return Future.succeededFuture(ProbeResult.noMatch("Elegoo printers listen on port " + port));
        }
        long end = nanos.getAsLong() + limit.toNanos();
        return ElegooSession.open(http, limit, nanos, new Deaf())
                .compose(open -> open.requestAttributes(Duration.ofNanos(Math.max(1, end - nanos.getAsLong())))
                        .onComplete(done -> open.close()))
                .map(ElegooDriver::recognised);
    }

    private static ProbeResult recognised(LenientJson attributes) {
        String name = attributes.text("MachineName");
        String protocol = attributes.text("ProtocolVersion");
        if (name == null || protocol == null) {
            return ProbeResult.noMatch("no printer with SDCP");
        }
        String brand = attributes.text("BrandName");
        String firmware = attributes.text("FirmwareVersion");
        return ProbeResult.match(
                (brand == null ? "" : brand + " ") + name + (firmware == null ? "" : ", firmware " + firmware),
                new Identity(TextSanitizer.line(name, 32), SdcpAnnouncement.serialNumber(attributes)));
    }

    @Override
    public PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new ElegooSession(http, timeout, nanos);
    }

    /** Of a probe, which waits for an answer only. */
    private static final class Deaf implements SdcpChannel.Listener {
        @Override
        public void onStatus(LenientJson status) {}

        @Override
        public void onAttributes(LenientJson attributes) {}

        @Override
        public void onClosed(SdcpChannel source) {}
    }
}
