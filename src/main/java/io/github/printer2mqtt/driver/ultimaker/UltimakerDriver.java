package io.github.printer2mqtt.driver.ultimaker;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** UltiMaker printers of the S-line, UltiMaker 3 and Factor 4. */
public final class UltimakerDriver implements Driver {
    static final Map<String, String> HEADERS = Map.of("Accept", "application/json");

    private final LongSupplier nanos;

    public UltimakerDriver() {
        this(System::nanoTime);
    }

    /** With monotonic time that a test can move. */
    public UltimakerDriver(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String id() {
        return "ultimaker";
    }

    @Override
    public int defaultPort() {
        return 80;
    }

    @Override
    public String credentialsHelp() {
        return "request an id and a key from the printer, as docs/drivers/ultimaker.md shows, and set them as username and"
                + " password";
    }

    /** The others have parameters whose form is not known for certain. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.PAUSE, Capability.RESUME, Capability.CANCEL);
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.of(TelemetryField.FAN, TelemetryField.LIGHT, TelemetryField.SNAPSHOT);
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(LanSource.dnsService("_ultimaker._tcp", null, Map.of("type", "printer")));
    }

    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return http.within(limit, exchange -> exchange.send(PrinterRequest.get("/api/v1/system", HEADERS)))
                .map(UltimakerDriver::result);
    }

    private static ProbeResult result(PrinterResponse response) {
        LenientJson system = LenientJson.ofBody(response);
        String variant = system.text("variant");
        String firmware = system.text("firmware");
        boolean isUltimaker =
                variant != null && variant.toLowerCase(Locale.ROOT).contains("ultimaker");
        if (!isUltimaker || !HttpStatusFailure.isSuccess(response)) {
            return ProbeResult.noMatch("no UltiMaker (HTTP " + response.status() + ")");
        }
        return ProbeResult.match(
                variant + (firmware == null ? "" : ", firmware " + firmware),
                new Identity(TextSanitizer.line(variant, 32), TextSanitizer.line(system.text("guid"), 64)));
    }

    @Override
    public PolledSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        UltimakerCommander commander =
                new UltimakerCommander(credentials, http, printer.address().path());
        return new UltimakerSession(commander, http, timeout, nanos);
    }
}
