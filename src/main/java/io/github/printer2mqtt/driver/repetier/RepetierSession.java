package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PictureLink;
import io.github.printer2mqtt.driver.PushedSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
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

/**
 * One printer of a Repetier-Server, whose web socket or readings it shares with the others. Belongs to the event loop of its
 * {@link PrinterHttp}.
 */
final class RepetierSession implements PushedSession, RepetierMembers.Member {
    /** Messages change seldom. */
    private static final Duration MESSAGES_LIFE = Duration.ofMillis(1500);

    private final RepetierServer server;
    private final @Nullable String slug;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    private PushedSession.@Nullable Listener listener;

    /** The slug of the newest reading; null before the first. */
    private @Nullable String knownSlug;

    private RepetierPrint previous = RepetierPrint.NONE;
    private @Nullable Messages messages;

    /** Whether the server had a connection to the printer at the last poll. */
    private boolean isConnected;

    /** Whether the web socket brought a reading, so that a loss of it ends the session. */
    private boolean isEstablished;

    private record Messages(List<LenientJson> elements, long readAt) {}

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
    public void listen(PushedSession.Listener monitor) {
        listener = monitor;
    }

    @Override
    public boolean isPushing() {
        return isEstablished && isConnected && server.isOpen();
    }

    @Override
    public @Nullable String fallback() {
        return server.fallback();
    }

    @Override
    public Future<Reading> poll() {
        server.join(this);
        ReadingDeadline deadline = new ReadingDeadline(http, timeout, nanos);
        return server.read(timeout)
                .compose(snapshot -> reading(snapshot, deadline))
                .onSuccess(reading -> {
                    isConnected = true;
                    isEstablished = server.isOpen();
                })
                .onFailure(failure -> {
                    isConnected = false;
                    previous = RepetierPrint.NONE;
                });
    }

    @Override
    public Future<Reading> latest() {
        RepetierSnapshot snapshot = server.newest();
        return snapshot == null
                ? Future.failedFuture(new PrinterException(FailureReason.UNREADABLE, "the server was not read"))
                : Future.succeededFuture(snapshot)
                        .compose(read -> reading(read, new ReadingDeadline(http, timeout, nanos)));
    }

    private Future<Reading> reading(RepetierSnapshot snapshot, ReadingDeadline deadline) {
        LenientJson printer = printer(snapshot);
        LenientJson state = state(snapshot);
        return messages(printer, deadline).map(pending -> {
            Reading reading = RepetierMapper.reading(printer, state, pending, previous.result(printer));
            long now = nanos.getAsLong();
            if (server.isOpen() && reading.state() == PrinterState.IDLE && previous.awaitsEvent(printer, now)) {
                previous = previous.endSeen(now);
                return RepetierMapper.undecided(reading);
            }
            previous = previous.next(printer);
            return reading;
        });
    }

    /** @throws PrinterException if the address does not name one of the server's printers */
    private LenientJson printer(RepetierSnapshot snapshot) {
        List<LenientJson> found = named(snapshot);
        if (found.size() == 1) {
            knownSlug = found.get(0).text("slug");
            return found.get(0);
        }
        throw new PrinterException(FailureReason.UNREADABLE, advice(snapshot.printers()));
    }

    private List<LenientJson> named(RepetierSnapshot snapshot) {
        return snapshot.printers().stream()
                .filter(printer -> slug == null || slug.equals(printer.text("slug")))
                .toList();
    }

    private LenientJson state(RepetierSnapshot snapshot) {
        return snapshot.states().at(Objects.requireNonNullElse(knownSlug, ""));
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
            messages = null;
            return Future.succeededFuture(List.of());
        }
        Messages known = messages;
        if (known != null && nanos.getAsLong() - known.readAt < MESSAGES_LIFE.toNanos()) {
            return Future.succeededFuture(known.elements);
        }
        Future<List<LenientJson>> read = server.isOpen()
                ? server.messages(name)
                : deadline.ifTimeAllows(exchange ->
                                exchange.send(server.requests().action(name, "messages", "{}", Purpose.READ)))
                        .map(response -> response.map(this::elements).orElse(List.of()));
        return read.onSuccess(elements -> messages = new Messages(elements, nanos.getAsLong()));
    }

    private List<LenientJson> elements(PrinterResponse response) {
        return HttpStatusFailure.isSuccess(response)
                ? RepetierRequests.elements(server.requests().checked(response))
                : List.of();
    }

    @Override
    public PrinterHttp http() {
        return http;
    }

    @Override
    public @Nullable String slug() {
        return knownSlug;
    }

    @Override
    public void onUpdate() {
        RepetierSnapshot snapshot = server.newest();
        if (listener == null || snapshot == null) {
            return;
        }
        List<LenientJson> found = named(snapshot);
        boolean isNow = found.size() == 1 && RepetierMapper.isConnected(found.get(0), state(snapshot));
        if (isNow != isConnected) {
            listener.onPollNeeded();
        } else if (isNow) {
            listener.onUpdate();
        }
    }

    @Override
    public void onJobEnd(JobResult result) {
        previous = previous.ended(result);
    }

    @Override
    public void onPollNeeded() {
        if (listener != null) {
            listener.onPollNeeded();
        }
    }

    @Override
    public void onLost() {
        if (isEstablished) {
            isEstablished = false;
            previous = RepetierPrint.NONE;
            if (listener != null) {
                listener.onLost();
            }
        }
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
                        exchange -> exchange.send(
                                server.requests().action(name, request.action(), request.data(), Purpose.CHANGE)))
                .compose(this::checkCommand)
                .onComplete(done -> server.expire());
    }

    /** Most responses say nothing of the execution. */
    private Future<Void> checkCommand(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            return Future.failedFuture(
                    HttpStatusFailure.ofCommand(response, server.requests().credentialsAdvice(), null));
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
    public Future<FoundPicture> findPicture(FoundPicture.Kind kind, Duration limit) {
        String name = knownSlug;
        return kind == FoundPicture.Kind.THUMBNAIL || name == null
                ? Future.succeededFuture(new FoundPicture.None())
                : http.onSecondConnection(
                                limit,
                                exchange -> exchange.send(server.requests().snapshot(name)))
                        .map(response ->
                                PictureLink.found(response, server.requests().credentialsAdvice()));
    }

    @Override
    public void close() {
        server.leave(this);
        http.close();
    }
}
