package io.github.printer2mqtt.driver.flashforgetcp;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Older FlashForge printers; see the package comment. */
public final class FlashforgeTcpDriver implements Driver {
    private static final int PORT = 8899;

    /** These have the interface of LAN mode as well, which reports more. */
    private static final Pattern NEWER = Pattern.compile("adventurer 5m|ad5x|creator 5", Pattern.CASE_INSENSITIVE);

    private final LongSupplier nanos;
    private final int port;

    public FlashforgeTcpDriver() {
        this(System::nanoTime, PORT);
    }

    /**
     * For tests.
     *
     * @param nanos monotonic time
     * @param port of the printers
     */
    FlashforgeTcpDriver(LongSupplier nanos, int port) {
        this.nanos = nanos;
        this.port = port;
    }

    @Override
    public String id() {
        return "flashforge-tcp";
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

    /** There is no command for the speed, for homing or for stopping at once that is known for certain. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.SPEED, Capability.HOME, Capability.EMERGENCY_STOP));
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.of(TelemetryField.LAYERS, TelemetryField.ACTIVE_NOZZLE, TelemetryField.LIGHT);
    }

    /** Other servers do not get lines they do not know: printers do not listen elsewhere. */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return http.port() == port
                ? FlashforgeTcpSession.describe(http, limit).map(FlashforgeTcpDriver::recognise)
                : Future.succeededFuture(ProbeResult.noMatch("older FlashForge printers listen on port " + port));
    }

    private static ProbeResult recognise(Reply description) {
        String type = description.value("Machine Type");
        String firmware = description.value("Firmware");
        if (type == null || firmware == null || !type.toLowerCase(Locale.ROOT).contains("flashforge")) {
            return ProbeResult.noMatch("no FlashForge");
        }
        return NEWER.matcher(type).find()
                ? ProbeResult.noMatch(type + ", which the driver flashforge reads on port 8898")
                : ProbeResult.match(type + ", firmware " + firmware);
    }

    @Override
    public PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new FlashforgeTcpSession(http, timeout, nanos);
    }
}
