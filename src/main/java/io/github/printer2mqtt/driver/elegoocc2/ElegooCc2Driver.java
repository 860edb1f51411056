package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Elegoo Centauri Carbon 2; see the package comment. */
public final class ElegooCc2Driver implements Driver {
    private static final int PORT = 1883;

    private final LongSupplier nanos;

    public ElegooCc2Driver() {
        this(System::nanoTime);
    }

    /**
     * For tests.
     *
     * @param nanos monotonic time
     */
    ElegooCc2Driver(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String id() {
        return "elegoo-cc2";
    }

    @Override
    public int defaultPort() {
        return PORT;
    }

    @Override
    public Set<Integer> candidatePorts() {
        return Set.of();
    }

    @Override
    public String credentialsHelp() {
        return "the username is the serial number and the password is the access code, both on the printer's screen in the"
                + " network settings, where LAN mode must be on; without an access code it is 123456";
    }

    /** No speed: sources contradict each other on what percentage its four modes are. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.PAUSE,
                Capability.RESUME,
                Capability.CANCEL,
                Capability.NOZZLE_TEMPERATURE,
                Capability.BED_TEMPERATURE,
                Capability.LIGHT);
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.of(TelemetryField.LAYERS, TelemetryField.FAN, TelemetryField.PROBLEMS, TelemetryField.LIGHT);
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(Cc2Announcement.source());
    }

    /** Sends nothing: port 1883 is that of every broker, and only a registration with a serial number tells them apart. */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return Future.succeededFuture(
                ProbeResult.noMatch("a Centauri Carbon 2 cannot be told from other brokers without its serial number"));
    }

    @Override
    public PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new ElegooCc2Session(ElegooCc2Session.login(credentials), http, timeout, nanos);
    }
}
