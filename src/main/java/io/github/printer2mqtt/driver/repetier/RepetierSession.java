package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.driver.repetier.RepetierServer.Snapshot;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest.Purpose;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One printer of a Repetier-Server. Belongs to the event loop of its {@link PrinterHttp}. */
final class RepetierSession implements PolledSession {
    private final RepetierServer server;
    private final @Nullable String slug;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    /** The slug of the newest reading; null before the first. */
    private @Nullable String knownSlug;

    private RepetierPrint previous = RepetierPrint.NONE;

    /** @param slug null for the only printer of the server */
    RepetierSession(
            RepetierServer server, @Nullable String slug, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.server = server;
        this.slug = slug;
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    @Override
    public Future<Reading> poll() {
        server.join(http);
        ReadingDeadline deadline = new ReadingDeadline(http, timeout, nanos);
        return server.read(timeout)
                .compose(snapshot -> {
                    LenientJson printer = printer(snapshot);
                    LenientJson state = snapshot.states().at(Objects.requireNonNullElse(knownSlug, ""));
                    return messages(printer, deadline).map(messages -> read(printer, state, messages));
                })
                .onFailure(failure -> previous = RepetierPrint.NONE);
    }

    private Reading read(LenientJson printer, LenientJson state, List<LenientJson> messages) {
        JobResult result = previous.result(printer);
        Reading reading = RepetierMapper.reading(printer, state, messages, result);
        previous = RepetierPrint.of(printer);
        return reading;
    }

    /** @throws PrinterException if the address does not name one of the server's printers */
    private LenientJson printer(Snapshot snapshot) {
        List<LenientJson> found = snapshot.printers().stream()
                .filter(printer -> slug == null || slug.equals(printer.text("slug")))
                .toList();
        if (found.size() == 1) {
            knownSlug = found.get(0).text("slug");
            return found.get(0);
        }
        throw new PrinterException(FailureReason.UNREADABLE, advice(snapshot.printers()));
    }

    private String advice(List<LenientJson> printers) {
        if (printers.isEmpty()) {
            return "the server has no printers";
        }
        String known = printers.stream()
                .map(printer -> Objects.requireNonNullElse(printer.text("slug"), "?"))
                .collect(Collectors.joining(", "));
        return slug == null
                ? "the server has several printers, end the address with one of: " + known
                : "the server has no printer " + slug + ", it has: " + known;
    }

    /** Only a paused print may wait for somebody. */
    private Future<List<LenientJson>> messages(LenientJson printer, ReadingDeadline deadline) {
        String name = knownSlug;
        if (name == null || !RepetierMapper.isPaused(printer)) {
            return Future.succeededFuture(List.of());
        }
        return deadline.ifTimeAllows(exchange -> exchange.send(server.request(name, "messages", "{}", Purpose.READ)))
                .map(response -> response.map(this::elements).orElse(List.of()));
    }

    private List<LenientJson> elements(PrinterResponse response) {
        return HttpStatusFailure.isSuccess(response) ? RepetierServer.elements(server.checked(response)) : List.of();
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        RepetierCommandRequest request = RepetierCommandRequest.of(command);
        String name = knownSlug;
        if (name == null) {
            return Future.failedFuture(new CommandRefusedException(
                    CommandRefusedException.Reason.STATE, "the printer has not been read yet"));
        }
        return http.onSecondConnection(
                        COMMAND_LIMIT,
                        exchange ->
                                exchange.send(server.request(name, request.action(), request.data(), Purpose.CHANGE)))
                .compose(this::checkCommand)
                .onComplete(done -> server.expire());
    }

    /** Most responses say nothing of the execution. */
    private Future<Void> checkCommand(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            return Future.failedFuture(HttpStatusFailure.ofCommand(response, server.credentialsAdvice(), null));
        }
        LenientJson answer = LenientJson.ofBody(response);
        String error = answer.text("error");
        if (error != null) {
            return Future.failedFuture(new CommandRefusedException(CommandRefusedException.Reason.OTHER, error));
        }
        return answer.isFalse("ok")
                ? Future.failedFuture(new CommandRefusedException(
                        CommandRefusedException.Reason.OTHER, "the server does not accept the command"))
                : Future.succeededFuture();
    }

    @Override
    public void close() {
        server.leave(http);
        http.close();
    }
}
