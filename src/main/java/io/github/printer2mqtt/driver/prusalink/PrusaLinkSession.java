package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.Exchange;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One PrusaLink. Everything here belongs to the event loop of its {@link PrinterHttp}. */
final class PrusaLinkSession implements PolledSession {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

    /** How often to ask what changes with a firmware update only. */
    private static final Duration VERSION_PAUSE = Duration.ofMinutes(10);

    /** A job that still has no file name then will not get one. */
    private static final int MOST_NAME_REQUESTS = 3;

    private final PrusaLinkAuthenticator door;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    /** The id that the newest status names, to which commands go; null without a job. */
    private @Nullable Long currentJob;

    private @Nullable String fileName;
    private int nameRequestsLeft;
    private JobProgress progress = JobProgress.none();
    private @Nullable Long versionAsked;
    private @Nullable String model;

    PrusaLinkSession(PrusaLinkAuthenticator door, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.door = door;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    @Override
    public Future<Reading> poll() {
        ReadingDeadline deadline = ReadingDeadline.start(http, timeout, nanos);
        return http.within(timeout, exchange -> door.send(exchange, Method.GET, "/api/v1/status"))
                .map(this::status)
                .compose(status -> nameJob(status, deadline)
                        .compose(named -> askVersion(deadline))
                        .map(asked -> PrusaLinkMapper.reading(status, progress, fileName, model)));
    }

    private LenientJson status(PrinterResponse answer) {
        LenientJson status = LenientJson.of(expected(answer).json());
        if (!status.at("printer").isObject()) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no printer");
        }
        progress = progress.next(status, PrusaLinkMapper.state(status));
        return status;
    }

    private PrinterResponse expected(PrinterResponse answer) {
        if (answer.status() == 503) {
            throw new PrinterException(
                    FailureReason.DISCONNECTED, "PrusaLink has no printer: it is not connected or still starting");
        }
        if (answer.status() != 200) {
            throw HttpStatusFailure.fault(answer, door.credentialsAdvice());
        }
        return answer;
    }

    /** The file's name is not in the status, and costs a request for a job not yet named only. */
    private Future<?> nameJob(LenientJson status, ReadingDeadline deadline) {
        Long id = PrusaLinkMapper.jobId(status);
        if (id == null || !id.equals(currentJob)) {
            fileName = null;
            currentJob = id;
            nameRequestsLeft = MOST_NAME_REQUESTS;
        }
        if (id == null || fileName != null || nameRequestsLeft == 0) {
            return Future.succeededFuture();
        }
        nameRequestsLeft--;
        return deadline.ifTimeAllows(exchange -> get(exchange, "/api/v1/job")).map(answer -> {
            answer.filter(job -> id.equals(job.whole("id"))).ifPresent(job -> fileName = PrusaLinkMapper.fileName(job));
            return answer;
        });
    }

    private Future<?> askVersion(ReadingDeadline deadline) {
        long now = nanos.getAsLong();
        Long asked = versionAsked;
        if (asked != null && now - asked < VERSION_PAUSE.toNanos()) {
            return Future.succeededFuture();
        }
        versionAsked = now;
        return deadline.ifTimeAllows(exchange -> get(exchange, "/api/version")).map(answer -> {
            answer.ifPresent(version -> model = PrusaLinkMapper.model(version));
            return answer;
        });
    }

    /** A JSON object, or nothing where the printer has none to give (204). */
    private Future<LenientJson> get(Exchange exchange, String path) {
        return door.send(exchange, Method.GET, path)
                .map(answer -> answer.status() == 204
                        ? LenientJson.nothing()
                        : LenientJson.of(expected(answer).json()));
    }

    /**
     * A job is addressed by its id. The one that the status named is right: if that job has ended since, the printer
     * answers 404, and a command for it cannot hit the job that came after.
     */
    @Override
    public Future<Void> execute(Command command) {
        PrusaLinkCommandRequest order = PrusaLinkCommandRequest.of(command);
        if (order == null) {
            return Future.failedFuture(new CommandRefusedException(
                    CommandRefusedException.Cause.UNSUPPORTED,
                    "PrusaLink knows no " + command.capability().wireName()));
        }
        Long job = currentJob;
        if (job == null) {
            return Future.failedFuture(
                    new CommandRefusedException(CommandRefusedException.Cause.STATE, "the printer has no job"));
        }
        return http.onSecondConnection(COMMAND_LIMIT, exchange -> door.send(exchange, order.method(), order.path(job)))
                .compose(this::checkCommand);
    }

    private Future<Void> checkCommand(PrinterResponse answer) {
        if (HttpStatusFailure.isSuccess(answer)) {
            return Future.succeededFuture();
        }
        LenientJson error = LenientJson.ofBody(answer);
        String message = error.text("message");
        String words = message == null ? error.text("title") : message;
        return Future.failedFuture(
                switch (answer.status()) {
                    case 404 ->
                        new CommandRefusedException(CommandRefusedException.Cause.STATE, "the job has just ended");
                    case 503 ->
                        new PrinterException(
                                FailureReason.DISCONNECTED, "PrusaLink has no printer: it is not connected");
                    default -> HttpStatusFailure.refusal(answer, door.credentialsAdvice(), words);
                });
    }

    @Override
    public void close() {
        http.close();
    }
}
