package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Creality printers with the web socket of their own web page; see the package comment. */
public final class CrealityDriver implements Driver {
    private static final int PORT = 9999;
    private static final Duration CONFIRM_LIMIT = Duration.ofSeconds(10);
    private static final Set<FailureReason> OTHER_SERVER =
            EnumSet.of(FailureReason.TLS, FailureReason.UNREADABLE, FailureReason.TOO_LARGE);

    private final LongSupplier nanos;
    private final Duration confirmLimit;
    private final int port;

    public CrealityDriver() {
        this(System::nanoTime, CONFIRM_LIMIT, PORT);
    }

    /**
     * For tests.
     *
     * @param nanos monotonic time
     * @param confirmLimit for the effect of a command
     * @param port of the printers
     */
    CrealityDriver(LongSupplier nanos, Duration confirmLimit, int port) {
        this.nanos = nanos;
        this.confirmLimit = confirmLimit;
        this.port = port;
    }

    @Override
    public String id() {
        return "creality";
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

    /** Before the others, whose requests the printer may leave without an answer; other ports are not contacted. */
    @Override
    public int precedence() {
        return 5;
    }

    /** Homing takes two commands with a wait between them, of which only one could be confirmed. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.HOME, Capability.EMERGENCY_STOP));
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.complementOf(EnumSet.of(TelemetryField.ACTIVE_NOZZLE));
    }

    @Override
    public String credentialsHelp() {
        return "the web socket of Creality's own firmware needs none; remove the credentials";
    }

    /** Opens the web socket where it must be, and reads the first status. */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        if (http.port() != port) {
            return Future.succeededFuture(ProbeResult.noMatch("Creality printers listen on port " + port));
        }
        CrealityConnection connection = new CrealityConnection(nanos, confirmLimit, new NoListener());
        return connection
                .open(http, limit)
                .map(done -> result(connection.report()))
                .onComplete(done -> connection.close())
                .recover(CrealityDriver::otherServer);
    }

    private static ProbeResult result(CrealityReport report) {
        String model = CrealityModel.name(report);
        String firmware = CrealityModel.firmware(report);
        boolean isPrinter = model != null && report.number("nozzleTemp") != null;
        return isPrinter
                ? ProbeResult.match(
                        "Creality " + model + (firmware == null ? "" : ", firmware " + firmware),
                        new Identity(model, null))
                : ProbeResult.noMatch("the web socket does not send the status of a Creality printer");
    }

    private static Future<ProbeResult> otherServer(Throwable failure) {
        boolean isOther = failure instanceof PrinterException exception
                && OTHER_SERVER.contains(exception.failure().reason());
        return isOther
                ? Future.succeededFuture(ProbeResult.noMatch("the server has no web socket of a Creality printer"))
                : Future.failedFuture(failure);
    }

    @Override
    public PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new CrealitySession(http, timeout, confirmLimit, nanos);
    }

    private static final class NoListener implements CrealityConnection.Listener {
        @Override
        public void onUpdate() {}

        @Override
        public void onClosed(CrealityConnection source) {}
    }
}
