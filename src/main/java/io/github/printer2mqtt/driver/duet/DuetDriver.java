package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PushedSession;
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
import org.jspecify.annotations.Nullable;

/** Printers with RepRapFirmware 3: Duet boards and others that run it. */
public final class DuetDriver implements Driver {
    private final LongSupplier nanos;

    public DuetDriver() {
        this(System::nanoTime);
    }

    /** With monotonic time that a test can move. */
    public DuetDriver(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String id() {
        return "duet";
    }

    @Override
    public int defaultPort() {
        return 80;
    }

    @Override
    public Set<Integer> candidatePorts() {
        return Set.of(80, 443);
    }

    @Override
    public String credentialsHelp() {
        return "set password to the text that M551 sets in config.g";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.HOME, Capability.LIGHT, Capability.SPEED));
    }

    @Override
    public Set<TelemetryField> telemetry() {
        return EnumSet.of(TelemetryField.LAYERS, TelemetryField.PROBLEMS, TelemetryField.ACTIVE_NOZZLE);
    }

    @Override
    public List<LanSource> lanSources() {
        return List.of(LanSource.dnsService("_http._tcp", null, Map.of("product", "RepRapFirmware")));
    }

    /** Without a password the firmware opens a session, which is closed again: there are only eight. */
    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return http.within(
                limit,
                exchange -> exchange.send(PrinterRequest.get(RrLogin.path(RrLogin.DEFAULT_PASSWORD), Map.of()))
                        .compose(response -> {
                            LenientJson answer = LenientJson.ofBody(response);
                            String evidence = response.status() == 200 ? evidence(answer) : null;
                            return evidence == null
                                    ? Future.succeededFuture(noMatch(response))
                                    : disconnect(exchange, answer).map(ProbeResult.match(evidence));
                        }));
    }

    private static @Nullable String evidence(LenientJson answer) {
        Integer error = answer.integer("err");
        if (error == null) {
            return null;
        }
        if (answer.isTrue("isEmulated")) {
            return "Duet with an SBC";
        }
        String board = answer.text("boardType");
        return switch (error) {
            case 0 -> board == null ? null : "RepRapFirmware on " + board;
            case 1 -> isOnlyError(answer) ? "RepRapFirmware, requires a password" : null;
            case 2 -> isOnlyError(answer) ? "RepRapFirmware, has no free session" : null;
            default -> null;
        };
    }

    private static boolean isOnlyError(LenientJson answer) {
        return answer.names().size() == 1;
    }

    /** Without a key of its own the session is the one of all clients of this machine. */
    private static Future<?> disconnect(Exchange exchange, LenientJson answer) {
        Long key = answer.whole("sessionKey");
        return key == null
                ? Future.succeededFuture()
                : exchange.send(PrinterRequest.get("/rr_disconnect", Map.of("X-Session-Key", key.toString())))
                        .otherwiseEmpty();
    }

    private static ProbeResult noMatch(PrinterResponse response) {
        return ProbeResult.noMatch("no RepRapFirmware (HTTP " + response.status() + ")");
    }

    @Override
    public PushedSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return new DuetSession(new DuetServers(credentials, nanos), http, timeout, nanos);
    }
}
