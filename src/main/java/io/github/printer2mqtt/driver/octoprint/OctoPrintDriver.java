package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.http.Exchange;
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

/** Printers behind OctoPrint. */
public final class OctoPrintDriver implements Driver {
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/json");

    private final LongSupplier nanos;

    public OctoPrintDriver() {
        this(System::nanoTime);
    }

    /** With monotonic time that a test can move. */
    public OctoPrintDriver(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String id() {
        return "octoprint";
    }

    @Override
    public int defaultPort() {
        return 5000;
    }

    @Override
    public Set<Integer> candidatePorts() {
        return Set.of(80, 443, 5000, 8080);
    }

    @Override
    public int precedence() {
        return 20;
    }

    @Override
    public String credentialsHelp() {
        return "create a key in OctoPrint under Settings, Application Keys";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.LIGHT, Capability.SPEED));
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(LanSource.dnsService("_octoprint._tcp", "path", Map.of()));
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.of(TelemetryField.THUMBNAIL, TelemetryField.SNAPSHOT);
    }

    /**
     * The version distinguishes OctoPrint from Moonraker's imitation, but needs a key; the current user is readable without
     * one, as a guest.
     */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return http.within(
                limit,
                exchange -> exchange.send(PrinterRequest.get("/api/version", HEADERS))
                        .compose(version -> {
                            String text = LenientJson.ofBody(version).text("text");
                            if (HttpStatusFailure.isSuccess(version) && text != null) {
                                boolean genuine = text.startsWith("OctoPrint") && !text.contains("Moonraker");
                                return Future.succeededFuture(
                                        genuine ? ProbeResult.match(text) : ProbeResult.noMatch(text));
                            }
                            return version.status() == 403 ? probeCurrentUser(exchange) : noMatch(version);
                        }));
    }

    private static Future<ProbeResult> probeCurrentUser(Exchange exchange) {
        return exchange.send(PrinterRequest.get("/api/currentuser", HEADERS)).compose(user -> {
            LenientJson guest = LenientJson.ofBody(user);
            if (HttpStatusFailure.isSuccess(user)
                    && guest.at("permissions").isArray()
                    && guest.at("groups").isArray()) {
                return Future.succeededFuture(ProbeResult.match("OctoPrint, requires an API key"));
            }
            return noMatch(user);
        });
    }

    private static Future<ProbeResult> noMatch(PrinterResponse response) {
        return Future.succeededFuture(ProbeResult.noMatch("no OctoPrint (HTTP " + response.status() + ")"));
    }

    @Override
    public PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new OctoPrintSession(printer.address(), credentials, http, timeout, nanos);
    }
}
