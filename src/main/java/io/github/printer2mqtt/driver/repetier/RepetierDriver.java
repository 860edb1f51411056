package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Printers behind Repetier-Server. The only state is which servers are in use, so that their readings are shared. */
public final class RepetierDriver implements Driver {
    private final LongSupplier nanos;
    private final RepetierServers servers;

    public RepetierDriver() {
        this(System::nanoTime);
    }

    /** With monotonic time that a test can move. */
    public RepetierDriver(LongSupplier nanos) {
        this.nanos = nanos;
        this.servers = new RepetierServers(nanos);
    }

    @Override
    public String id() {
        return "repetier";
    }

    @Override
    public int defaultPort() {
        return 3344;
    }

    /** Behind a reverse proxy; only this driver is tried at the port of the server itself. */
    @Override
    public Set<Integer> candidatePorts() {
        return Set.of(80, 443);
    }

    @Override
    public String credentialsHelp() {
        return "copy the API key from the settings of Repetier-Server";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.HOME, Capability.LIGHT, Capability.SPEED));
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.of(
                TelemetryField.LAYERS,
                TelemetryField.SPEED,
                TelemetryField.FAN,
                TelemetryField.PROBLEMS,
                TelemetryField.ACTIVE_NOZZLE,
                TelemetryField.SNAPSHOT);
    }

    /** The address without its last part, which is the slug of the printer. */
    @Override
    public PrinterAddress server(PrinterAddress address) {
        int slash = address.path().lastIndexOf('/');
        return slash < 0
                ? address
                : new PrinterAddress(
                        address.scheme(),
                        address.host(),
                        address.port(),
                        address.path().substring(0, slash));
    }

    private static @Nullable String slug(PrinterAddress address) {
        int slash = address.path().lastIndexOf('/');
        return slash < 0 ? null : address.path().substring(slash + 1);
    }

    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return http.within(
                        limit,
                        exchange -> exchange.send(
                                PrinterRequest.get("/printer/info", Map.of("Accept", "application/json"))))
                .map(RepetierDriver::result);
    }

    private static ProbeResult result(PrinterResponse response) {
        LenientJson info = LenientJson.ofBody(response);
        boolean isRepetier = HttpStatusFailure.isSuccess(response)
                && ("Repetier-Server".equals(info.text("name")) || "Repetier-Server".equals(info.text("software")));
        String version = info.text("version");
        return isRepetier
                ? ProbeResult.match("Repetier-Server" + (version == null ? "" : " " + version))
                : ProbeResult.noMatch("no Repetier-Server (HTTP " + response.status() + ")");
    }

    @Override
    public PushedSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        RepetierServer server = servers.of(server(printer.address()), credentials);
        return new RepetierSession(server, slug(printer.address()), http, timeout, nanos);
    }
}
