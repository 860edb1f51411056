package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.driver.DigestChallenge;
import io.github.printer2mqtt.driver.Driver;
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
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Printers with PrusaLink, in their firmware or on a Raspberry Pi. */
public final class PrusaLinkDriver implements Driver {
    private final LongSupplier nanos;

    public PrusaLinkDriver() {
        this(System::nanoTime);
    }

    /** With monotonic time that a test can move. */
    public PrusaLinkDriver(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String id() {
        return "prusalink";
    }

    @Override
    public int defaultPort() {
        return 80;
    }

    @Override
    public Set<Integer> candidatePorts() {
        return Set.of(80, 443, 8080);
    }

    @Override
    public int precedence() {
        return 30;
    }

    @Override
    public String credentialsHelp() {
        return "set username and password as the printer shows them under Settings, Network, PrusaLink";
    }

    /** The firmware offers neither heating nor movement over the network. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.PAUSE, Capability.RESUME, Capability.CANCEL);
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.of(TelemetryField.SPEED, TelemetryField.THUMBNAIL, TelemetryField.SNAPSHOT);
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(LanSource.dnsService("_prusalink._tcp", "path", Map.of()));
    }

    /** The realm of the digest identifies PrusaLink without credentials. */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return http.within(
                        limit,
                        exchange ->
                                exchange.send(PrinterRequest.get("/api/version", Map.of("Accept", "application/json"))))
                .map(PrusaLinkDriver::result);
    }

    private static ProbeResult result(PrinterResponse response) {
        if (response.status() == 401) {
            DigestChallenge challenge = DigestChallenge.in(response.lines("www-authenticate"));
            String realm = challenge == null ? "" : challenge.realm();
            if (realm.equalsIgnoreCase("Printer API")) {
                return ProbeResult.match("PrusaLink of the printer's firmware, requires credentials");
            }
            if (realm.equalsIgnoreCase("Administrator")) {
                return ProbeResult.match("PrusaLink on a Raspberry Pi, requires credentials");
            }
        }
        String text = LenientJson.ofBody(response).text("text");
        return response.status() == 200 && text != null && text.startsWith("PrusaLink")
                ? ProbeResult.match(text)
                : ProbeResult.noMatch("no PrusaLink (HTTP " + response.status() + ")");
    }

    @Override
    public PolledSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        PrusaLinkAuthenticator authenticator =
                new PrusaLinkAuthenticator(credentials, printer.address().path());
        return new PrusaLinkSession(printer.address(), authenticator, http, timeout, nanos);
    }
}
