package io.github.printer2mqtt.driver.flashforge;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.PolledSession;
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

/** FlashForge printers in LAN mode; see the package comment. */
public final class FlashforgeDriver implements Driver {
    private static final int PORT = 8898;

    private final LongSupplier nanos;
    private final int port;

    public FlashforgeDriver() {
        this(System::nanoTime, PORT);
    }

    /**
     * For tests.
     *
     * @param nanos monotonic time
     * @param port of the printers
     */
    FlashforgeDriver(LongSupplier nanos, int port) {
        this.nanos = nanos;
        this.port = port;
    }

    @Override
    public String id() {
        return "flashforge";
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
        return "the username is the serial number and the password is the check code, both on the printer's screen in the network"
                + " settings, where LAN mode must be on";
    }

    /** There is no command for homing or stopping at once. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.HOME, Capability.EMERGENCY_STOP));
    }

    /** No fan: sources contradict each other on whether its speed counts to 100 or to 255. */
    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.complementOf(EnumSet.of(TelemetryField.FAN, TelemetryField.THUMBNAIL, TelemetryField.SNAPSHOT));
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(FlashforgeAnnouncement.source());
    }

    /** The interface has POST only, which no other server gets: printers do not listen elsewhere. */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        if (http.port() != port) {
            return Future.succeededFuture(ProbeResult.noMatch("FlashForge printers listen on port " + port));
        }
        FlashforgeRequests anonymous = new FlashforgeRequests(Credentials.none());
        return http.within(limit, exchange -> exchange.send(anonymous.detail())).map(FlashforgeReply::recognise);
    }

    @Override
    public PolledSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new FlashforgeSession(credentials, http, timeout, nanos);
    }
}
