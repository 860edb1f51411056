package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Reads the status by HTTP, for servers without a usable web socket. Belongs to the session's event loop. */
final class MoonrakerPoller {
    private final Map<String, String> headers;
    private final String credentialsAdvice;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final StatusReader reader;
    private final ObjectList list;

    MoonrakerPoller(
            Map<String, String> headers,
            String credentialsAdvice,
            PrinterHttp http,
            Duration timeout,
            LongSupplier nanos,
            StatusReader reader) {
        this.headers = headers;
        this.credentialsAdvice = credentialsAdvice;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
        this.reader = reader;
        this.list = new ObjectList(headers);
    }

    private record Status(KlipperObjects objects, LenientJson status) {}

    Future<Reading> poll() {
        ReadingDeadline deadline = new ReadingDeadline(http, timeout, nanos);
        return http.within(
                        timeout,
                        exchange -> list.read(exchange)
                                .compose(objects -> exchange.send(query(objects))
                                        .map(response -> new Status(objects, status(response)))))
                .onFailure(failure -> list.onNoStatus())
                .compose(response -> {
                    list.onStatus(response.status());
                    return reader.read(
                            response.status(), response.objects(), list.missing(), new HttpLookups(deadline, headers));
                });
    }

    private PrinterRequest query(KlipperObjects objects) {
        return PrinterRequest.queryJson("/printer/objects/query", headers, objects.query());
    }

    private LenientJson status(PrinterResponse response) {
        if (HttpStatusFailure.isSuccess(response)) {
            LenientJson status = LenientJson.of(response.json()).at("result", "status");
            if (!status.isObject()) {
                throw new PrinterException(FailureReason.UNREADABLE, "the answer has no result.status");
            }
            return status;
        }
        reader.onDisconnected();
        // Until Klippy has connected once, Moonraker does not know its endpoints: a 404 in Moonraker's own format.
        boolean isMoonrakerError = LenientJson.ofBody(response).at("error").isObject();
        throw isMoonrakerError && (response.status() == 404 || response.status() == 503)
                ? new PrinterException(FailureReason.DISCONNECTED, MoonrakerErrorMapper.NO_KLIPPY)
                : HttpStatusFailure.ofPoll(response, credentialsAdvice);
    }
}
