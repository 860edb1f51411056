package io.github.printer2mqtt.driver.ultimaker;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One UltiMaker. Belongs to the event loop of its {@link PrinterHttp}. */
final class UltimakerSession implements PolledSession {
    /** The system changes only with a firmware update. */
    private static final Duration SYSTEM_INTERVAL = Duration.ofMinutes(10);

    /** So often in a row the previous description of the print stands in for one that came too late. */
    private static final int MAX_REUSES = 2;

    private final UltimakerCommander commander;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    /** The newest description of the print, empty without one; null before the first. */
    private @Nullable LenientJson job;

    private int reuses;
    private @Nullable Long systemRequestedAt;
    private @Nullable String model;

    UltimakerSession(UltimakerCommander commander, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.commander = commander;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    /** The printer is alive if the first request is answered; the second one shares its deadline. */
    @Override
    public Future<Reading> poll() {
        ReadingDeadline deadline = new ReadingDeadline(http, timeout, nanos);
        return http.within(timeout, exchange -> get(exchange, "/api/v1/printer"))
                .map(UltimakerSession::printer)
                .compose(printer -> deadline.ifTimeAllows(exchange -> get(exchange, "/api/v1/print_job"))
                        .map(this::job)
                        .compose(print -> readSystem(deadline)
                                .map(done -> UltimakerMapper.reading(printer, print, model, commander.missing()))));
    }

    private static Future<PrinterResponse> get(Exchange exchange, String path) {
        return exchange.send(PrinterRequest.get(path, UltimakerDriver.HEADERS));
    }

    private static LenientJson printer(PrinterResponse response) {
        if (response.status() == 500) {
            throw new PrinterException(
                    FailureReason.DISCONNECTED, "the printer is starting, its interface is not ready (HTTP 500)");
        }
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, "the printer requires credentials for reading");
        }
        LenientJson printer = LenientJson.of(response.json());
        if (printer.text("status") == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer of /api/v1/printer has no status");
        }
        return printer;
    }

    /** Without a print the printer responds with 404 or 204. */
    private LenientJson job(Optional<PrinterResponse> response) {
        Integer status = response.map(PrinterResponse::status).orElse(null);
        if (status != null && (status == 404 || status == 204)) {
            return known(LenientJson.empty());
        }
        LenientJson described = response.filter(HttpStatusFailure::isSuccess)
                .map(LenientJson::ofBody)
                .orElse(LenientJson.empty());
        if (described.text("state") != null) {
            return known(described);
        }
        LenientJson before = job;
        if (before == null || reuses == MAX_REUSES) {
            throw new PrinterException(
                    status == null ? FailureReason.TIMEOUT : FailureReason.UNREADABLE,
                    "the printer answers, but does not describe its print");
        }
        reuses++;
        return before;
    }

    private LenientJson known(LenientJson described) {
        job = described;
        reuses = 0;
        return described;
    }

    private Future<?> readSystem(ReadingDeadline deadline) {
        long now = nanos.getAsLong();
        Long before = systemRequestedAt;
        if (before != null && now - before < SYSTEM_INTERVAL.toNanos()) {
            return Future.succeededFuture();
        }
        systemRequestedAt = now;
        return deadline.ifTimeAllows(exchange -> get(exchange, "/api/v1/system"))
                .onSuccess(response -> response.filter(HttpStatusFailure::isSuccess)
                        .map(system -> LenientJson.ofBody(system).text("variant"))
                        .ifPresent(variant -> model = variant));
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        return commander.execute(command);
    }

    /** The camera is where {@code /api/v1/camera/0/snapshot} redirects to; the printer has no pictures of files. */
    @Override
    public Future<FoundPicture> findPicture(FoundPicture.Kind kind, Duration limit) {
        return Future.succeededFuture(
                kind == FoundPicture.Kind.SNAPSHOT
                        ? new FoundPicture.AtPort(8080, "/?action=snapshot")
                        : new FoundPicture.None());
    }

    @Override
    public void close() {
        http.close();
    }
}
