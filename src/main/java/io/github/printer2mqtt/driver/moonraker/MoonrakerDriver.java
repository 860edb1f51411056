package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Klipper printers behind Moonraker. */
public final class MoonrakerDriver implements Driver {
    private final LongSupplier nanos;

    public MoonrakerDriver() {
        this(System::nanoTime);
    }

    /** With monotonic time that a test can move. */
    public MoonrakerDriver(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String id() {
        return "moonraker";
    }

    @Override
    public int defaultPort() {
        return 7125;
    }

    @Override
    public Set<Integer> candidatePorts() {
        return Set.of(80, 443, 7125);
    }

    /** Before OctoPrint, whose API Moonraker imitates. */
    @Override
    public int precedence() {
        return 10;
    }

    @Override
    public String credentialsHelp() {
        return "read the key in the settings of Mainsail or Fluidd, or add the bridge's address to trusted_clients in moonraker.conf";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.LIGHT, Capability.SPEED));
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.of(
                TelemetryField.LAYERS,
                TelemetryField.SPEED,
                TelemetryField.FAN,
                TelemetryField.THUMBNAIL,
                TelemetryField.SNAPSHOT);
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(LanSource.dnsService("_moonraker._tcp", "route_prefix", Map.of()));
    }

    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return http.within(
                        limit,
                        exchange ->
                                exchange.send(PrinterRequest.get("/server/info", Map.of("Accept", "application/json"))))
                .map(MoonrakerDriver::result);
    }

    private static ProbeResult result(PrinterResponse response) {
        LenientJson body = LenientJson.ofBody(response);
        String version = body.text("result", "moonraker_version");
        if (response.status() == 200 && version != null) {
            return ProbeResult.match("Moonraker " + version);
        }
        Integer code = body.integer("error", "code");
        if (response.status() == 401 && code != null && code == 401) {
            return ProbeResult.match("Moonraker, requires an API key");
        }
        return ProbeResult.noMatch("no Moonraker (HTTP " + response.status() + ")");
    }

    @Override
    public PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new MoonrakerSession(credentials, http, timeout, nanos);
    }
}
