package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.ApiKeyHeaders;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One printer behind Moonraker. Belongs to the event loop of its {@link PrinterHttp}. */
final class MoonrakerSession implements PolledSession {
    /** If Klipper finds no microcontroller for so long, the printer counts as switched off. */
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);

    private final Credentials credentials;
    private final Map<String, String> headers;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final ObjectList list;
    private final MetadataReader metadata;
    private final HistoryReader history;

    private @Nullable Long startupSince;
    private PrintPhase phase = PrintPhase.NONE;

    MoonrakerSession(Credentials credentials, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.credentials = credentials;
        this.headers = ApiKeyHeaders.of(credentials);
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
        this.list = new ObjectList(headers);
        this.metadata = new MetadataReader(headers, nanos);
        this.history = new HistoryReader(headers);
    }

    private record Status(KlipperObjects objects, LenientJson status) {}

    @Override
    public Future<Reading> poll() {
        ReadingDeadline deadline = new ReadingDeadline(http, timeout, nanos);
        return http.within(
                        timeout,
                        exchange -> list.read(exchange)
                                .compose(objects -> exchange.send(query(objects))
                                        .map(response -> new Status(objects, status(response)))))
                .onFailure(failure -> list.onNoStatus())
                .compose(response -> complete(response, deadline));
    }

    private PrinterRequest query(KlipperObjects objects) {
        return PrinterRequest.queryJson("/printer/objects/query", headers, objects.query());
    }

    private Future<Reading> complete(Status response, ReadingDeadline deadline) {
        LenientJson status = response.status();
        list.onStatus(status);
        limitStartup(status);
        Temperatures temperatures = MoonrakerMapper.temperatures(status, response.objects());
        phase = phase.next(MoonrakerMapper.state(status, temperatures), status);
        return metadata.read(status, deadline)
                .map(known -> MoonrakerMapper.reading(status, phase.state(), temperatures, known, list.missing()))
                .compose(reading -> history.read(status, deadline).map(past -> reading.withPastJob(past.orElse(null))));
    }

    private LenientJson status(PrinterResponse response) {
        if (HttpStatusFailure.isSuccess(response)) {
            LenientJson status = LenientJson.of(response.json()).at("result", "status");
            if (!status.isObject()) {
                throw new PrinterException(FailureReason.UNREADABLE, "the answer has no result.status");
            }
            return status;
        }
        startupSince = null;
        // Until Klippy has connected once, Moonraker does not know its endpoints: a 404 in Moonraker's own format.
        boolean isMoonrakerError = LenientJson.ofBody(response).at("error").isObject();
        throw isMoonrakerError && (response.status() == 404 || response.status() == 503)
                ? new PrinterException(FailureReason.DISCONNECTED, "Klipper is not connected to Moonraker")
                : HttpStatusFailure.ofPoll(response, credentialsAdvice());
    }

    private void limitStartup(LenientJson status) {
        if (!MoonrakerMapper.isStartup(status)) {
            startupSince = null;
            return;
        }
        long now = nanos.getAsLong();
        Long since = startupSince;
        if (since == null) {
            startupSince = now;
        } else if (now - since >= STARTUP_LIMIT.toNanos()) {
            throw new PrinterException(
                    FailureReason.DISCONNECTED,
                    "Klipper finds no printer: it has been starting for more than a minute");
        }
    }

    /** Uses JSON-RPC, whose errors contain Klipper's message, unlike many of the HTTP API. */
    @Override
    public Future<Void> execute(PrinterCommand command) {
        PrinterRequest request =
                PrinterRequest.postJson("/server/jsonrpc", headers, MoonrakerCommandRequest.body(command));
        return http.onSecondConnection(COMMAND_LIMIT, exchange -> exchange.send(request))
                .compose(response -> {
                    RuntimeException failure = MoonrakerErrorMapper.of(response, credentialsAdvice());
                    return failure == null ? Future.succeededFuture() : Future.failedFuture(failure);
                });
    }

    private String credentialsAdvice() {
        return credentials.apiKey() == null
                ? "Moonraker requires an API key: add api_key to the credentials or this host to its trusted_clients"
                : "Moonraker refuses the API key: it is wrong";
    }

    @Override
    public void close() {
        http.close();
    }
}
