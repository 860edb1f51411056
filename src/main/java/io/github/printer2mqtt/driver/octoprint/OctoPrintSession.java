package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.ApiKeyHeaders;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One printer behind OctoPrint. Belongs to the event loop of its {@link PrinterHttp}. */
final class OctoPrintSession implements PolledSession {
    private final Credentials credentials;
    private final PrinterHttp http;
    private final Duration timeout;

    /** The file that was last seen printing, by which a cancelled print is recognised; null if there is none. */
    private @Nullable String watchedFile;

    /** By the newest response that has heaters. */
    private Set<Capability> missing = Set.of();

    OctoPrintSession(Credentials credentials, PrinterHttp http, Duration timeout) {
        this.credentials = credentials;
        this.http = http;
        this.timeout = timeout;
    }

    @Override
    public Future<Reading> poll() {
        return http.within(timeout, this::readStatus);
    }

    private Future<Reading> readStatus(Exchange exchange) {
        return exchange.send(PrinterRequest.get("/api/job", ApiKeyHeaders.of(credentials)))
                .compose(response -> {
                    LenientJson job = expected(response);
                    return OctoPrintMapper.hasPrinter(job)
                            ? exchange.send(PrinterRequest.get(
                                            "/api/printer?exclude=sd", ApiKeyHeaders.of(credentials)))
                                    .map(printer -> read(job, printerOf(printer)))
                            : Future.succeededFuture(read(job, LenientJson.empty()));
                });
    }

    private Reading read(LenientJson job, LenientJson printer) {
        String watched = watchedFile;
        watchedFile = OctoPrintMapper.watchedFile(job, printer, watched);
        LenientJson heaters = printer.at("temperature");
        if (heaters.at("tool0").isObject()) {
            missing = OctoPrintHeaters.hasNoBed(heaters) ? Set.of(Capability.BED_TEMPERATURE) : Set.of();
        }
        return OctoPrintMapper.reading(job, printer, watched, missing);
    }

    /** Empty for 409: the printer disconnected between the two responses. */
    private LenientJson printerOf(PrinterResponse response) {
        return response.status() == 409 ? LenientJson.empty() : expected(response);
    }

    private LenientJson expected(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, credentialsAdvice());
        }
        return LenientJson.of(response.json());
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        OctoPrintCommandRequest commandRequest = OctoPrintCommandRequest.of(command);
        PrinterRequest request =
                PrinterRequest.postJson(commandRequest.path(), ApiKeyHeaders.of(credentials), commandRequest.body());
        return http.onSecondConnection(COMMAND_LIMIT, exchange -> exchange.send(request))
                .compose(response -> HttpStatusFailure.isSuccess(response)
                        ? Future.succeededFuture()
                        : Future.failedFuture(HttpStatusFailure.ofCommand(
                                response,
                                credentialsAdvice(),
                                LenientJson.ofBody(response).text("error"))));
    }

    private String credentialsAdvice() {
        return credentials.apiKey() == null
                ? "OctoPrint requires an API key: add api_key to the credentials"
                : "OctoPrint refuses the API key: it is wrong or lacks a permission";
    }

    @Override
    public void close() {
        http.close();
    }
}
