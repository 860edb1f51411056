package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PictureLink;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One printer with PrusaLink. Belongs to the event loop of its {@link PrinterHttp}. */
final class PrusaLinkSession implements PolledSession {
    /** The version changes only with a firmware update. */
    private static final Duration VERSION_INTERVAL = Duration.ofMinutes(10);

    /** A job that has no file name after these does not get one. */
    private static final int MAX_NAME_REQUESTS = 3;

    private final PrinterAddress address;
    private final PrusaLinkAuthenticator authenticator;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    /** The id of the job in the newest status, to which commands are addressed; null without a job. */
    private @Nullable Long currentJob;

    private @Nullable String fileName;
    private int nameRequestsLeft;
    private JobProgress progress = JobProgress.NONE;
    private @Nullable Long versionRequestedAt;
    private @Nullable String model;

    PrusaLinkSession(
            PrinterAddress address,
            PrusaLinkAuthenticator authenticator,
            PrinterHttp http,
            Duration timeout,
            LongSupplier nanos) {
        this.address = address;
        this.authenticator = authenticator;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    @Override
    public Future<Reading> poll() {
        ReadingDeadline deadline = new ReadingDeadline(http, timeout, nanos);
        return http.within(timeout, exchange -> authenticator.send(exchange, Method.GET, "/api/v1/status"))
                .map(this::status)
                .compose(status -> readJobName(status, deadline)
                        .compose(named -> readVersion(deadline))
                        .map(done -> PrusaLinkMapper.reading(status, progress, fileName, model)));
    }

    private LenientJson status(PrinterResponse response) {
        LenientJson status = LenientJson.of(expected(response).json());
        if (!status.at("printer").isObject()) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no printer");
        }
        progress = progress.next(status, PrusaLinkMapper.state(status));
        return status;
    }

    private PrinterResponse expected(PrinterResponse response) {
        if (response.status() == 503) {
            throw new PrinterException(
                    FailureReason.DISCONNECTED, "PrusaLink has no printer: it is not connected or still starting");
        }
        if (response.status() != 200) {
            throw HttpStatusFailure.ofPoll(response, authenticator.credentialsAdvice());
        }
        return response;
    }

    /** The status lacks the file's name, so a new job costs one more request. */
    private Future<?> readJobName(LenientJson status, ReadingDeadline deadline) {
        Long id = PrusaLinkMapper.jobId(status);
        if (id == null || !id.equals(currentJob)) {
            fileName = null;
            currentJob = id;
            nameRequestsLeft = MAX_NAME_REQUESTS;
        }
        if (id == null || fileName != null || nameRequestsLeft == 0) {
            return Future.succeededFuture();
        }
        nameRequestsLeft--;
        return deadline.ifTimeAllows(exchange -> get(exchange, "/api/v1/job")).map(response -> {
            response.filter(job -> id.equals(job.whole("id")))
                    .ifPresent(job -> fileName = PrusaLinkMapper.fileName(job));
            return response;
        });
    }

    private Future<?> readVersion(ReadingDeadline deadline) {
        long now = nanos.getAsLong();
        Long before = versionRequestedAt;
        if (before != null && now - before < VERSION_INTERVAL.toNanos()) {
            return Future.succeededFuture();
        }
        versionRequestedAt = now;
        return deadline.ifTimeAllows(exchange -> get(exchange, "/api/version")).map(response -> {
            response.ifPresent(version -> model = PrusaLinkMapper.model(version));
            return response;
        });
    }

    /** A JSON object; empty if the printer responds with 204. */
    private Future<LenientJson> get(Exchange exchange, String path) {
        return authenticator
                .send(exchange, Method.GET, path)
                .map(response -> response.status() == 204
                        ? LenientJson.empty()
                        : LenientJson.of(expected(response).json()));
    }

    /**
     * Addresses the job by the id in the newest status: if that job has ended since, the printer responds with 404, and the
     * command cannot hit the next job.
     */
    @Override
    public Future<Void> execute(PrinterCommand command) {
        PrusaLinkCommandRequest commandRequest = PrusaLinkCommandRequest.of(command);
        Long job = currentJob;
        if (job == null) {
            return Future.failedFuture(
                    new CommandRefusedException(CommandRefusedException.Reason.STATE, "the printer has no job"));
        }
        return http.onSecondConnection(
                        COMMAND_LIMIT,
                        exchange -> authenticator.send(exchange, commandRequest.method(), commandRequest.path(job)))
                .compose(this::checkCommand);
    }

    private Future<Void> checkCommand(PrinterResponse response) {
        if (HttpStatusFailure.isSuccess(response)) {
            return Future.succeededFuture();
        }
        LenientJson error = LenientJson.ofBody(response);
        String message = error.text("message");
        String text = message == null ? error.text("title") : message;
        return Future.failedFuture(
                switch (response.status()) {
                    case 404 ->
                        new CommandRefusedException(CommandRefusedException.Reason.STATE, "the job has just ended");
                    case 503 ->
                        new PrinterException(
                                FailureReason.DISCONNECTED, "PrusaLink has no printer: it is not connected");
                    default -> HttpStatusFailure.ofCommand(response, authenticator.credentialsAdvice(), text);
                });
    }

    /** The thumbnail that the job names; the camera of PrusaLink on a Raspberry Pi, which the firmware answers with 404. */
    @Override
    public Future<FoundPicture> findPicture(FoundPicture.Kind kind, Duration limit) {
        String advice = authenticator.credentialsAdvice();
        return http.onSecondConnection(
                limit,
                exchange -> kind == FoundPicture.Kind.SNAPSHOT
                        ? authenticator
                                .send(exchange, Method.GET, "/api/v1/cameras/snap")
                                .map(response -> PictureLink.found(response, advice))
                        : get(exchange, "/api/v1/job")
                                .compose(job -> PictureLink.follow(
                                        job.text("file", "refs", "thumbnail"),
                                        address,
                                        path -> authenticator.send(exchange, Method.GET, path),
                                        advice)));
    }

    @Override
    public void close() {
        http.close();
    }
}
