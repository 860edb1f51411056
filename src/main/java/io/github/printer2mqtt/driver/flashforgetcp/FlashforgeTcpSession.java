package io.github.printer2mqtt.driver.flashforgetcp;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.flashforgetcp.FlashforgeTcpMapper.Replies;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.line.LineExchange;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One older FlashForge printer. Reading needs no control over it, so slicers are not locked out; a command takes control and releases
 * it. Belongs to the event loop of its {@link PrinterHttp}.
 */
final class FlashforgeTcpSession implements PolledSession {
    /** A command is answered at once; polls wait meanwhile, because there is one connection only. */
    private static final Duration LINE_COMMAND_LIMIT = Duration.ofSeconds(10);

    /** Until the description is requested again, if it was not answered. */
    private static final Duration DESCRIPTION_INTERVAL = Duration.ofMinutes(10);

    /** With less time left the description is not requested: it may end by silence only. */
    private static final Duration MIN_REMAINING = Duration.ofMillis(350);

    private static final String DESCRIBE = "~M115";

    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final FileMemory memory = new FileMemory();
    private Reply description = Reply.of(List.of());
    private @Nullable Long describedAt;

    FlashforgeTcpSession(PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    /** What the printer says of itself. */
    static Future<Reply> describe(PrinterHttp http, Duration limit) {
        return http.overLines(limit, lines -> request(lines, DESCRIBE));
    }

    @Override
    public Future<Reading> poll() {
        long start = nanos.getAsLong();
        return http.overLines(timeout, this::requestStatus)
                .compose(replies -> readDescription(start)
                        .map(known -> new Replies(replies.machine(), replies.heaters(), replies.progress(), known)))
                .map(replies -> FlashforgeTcpMapper.reading(replies, memory));
    }

    private Future<Replies> requestStatus(LineExchange lines) {
        return request(lines, "~M119").compose(machine -> {
            FlashforgeTcpMapper.word(machine);
            return request(lines, "~M105")
                    .compose(heaters -> request(lines, "~M27")
                            .map(progress -> new Replies(machine, heaters, progress, description)));
        });
    }

    /** In the time that is left; does not fail. */
    private Future<Reply> readDescription(long start) {
        long now = nanos.getAsLong();
        Duration left = timeout.minusNanos(now - start);
        Long before = describedAt;
        boolean isDue = before == null || now - before >= DESCRIPTION_INTERVAL.toNanos();
        if (description.value("Machine Type") != null || !isDue || left.compareTo(MIN_REMAINING) < 0) {
            return Future.succeededFuture(description);
        }
        describedAt = now;
        return describe(http, left)
                .onSuccess(reply -> description = reply)
                .recover(failure ->
                        failure instanceof PrinterException ? Future.succeededFuture() : Future.failedFuture(failure))
                .map(done -> description);
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        String line = FlashforgeTcpCommand.line(command);
        return http.overLines(
                LINE_COMMAND_LIMIT,
                lines -> request(lines, "~M601 S1")
                        .recover(FlashforgeTcpSession::notSent)
                        .compose(control -> {
                            check(control, "another program controls the printer");
                            return request(lines, line);
                        })
                        .compose(reply -> request(lines, "~M602").transform(released -> {
                            check(reply, "the printer refuses the command");
                            return Future.succeededFuture();
                        })));
    }

    /** Control was not taken, so the command was not sent. */
    private static Future<Reply> notSent(Throwable failure) {
        return Future.failedFuture(failure instanceof PrinterException known ? known.with(Delivery.NOT_SENT) : failure);
    }

    private static void check(Reply reply, String what) {
        String refusal = reply.refusal();
        if (refusal != null) {
            throw new CommandRefusedException(CommandRefusedException.Reason.STATE, what + " (" + refusal + ")");
        }
    }

    private static Future<Reply> request(LineExchange lines, String line) {
        return lines.send(line, Reply.END).map(Reply::of);
    }

    @Override
    public void close() {
        http.close();
    }
}
