package io.github.printer2mqtt.driver.flashforge;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One FlashForge printer. Belongs to the event loop of its {@link PrinterHttp}. */
final class FlashforgeSession implements PolledSession {
    /** Until {@code /product} is requested again, if it was not answered. */
    private static final Duration PRODUCT_INTERVAL = Duration.ofMinutes(10);

    private final FlashforgeRequests requests;
    private final PrinterHttp http;
    private final Duration timeout;
    private final LongSupplier nanos;

    /** What can be controlled; empty until it is known. */
    private LenientJson product = LenientJson.empty();

    private @Nullable Long productRequestedAt;
    private @Nullable Reading newest;

    FlashforgeSession(Credentials credentials, PrinterHttp http, Duration timeout, LongSupplier nanos) {
        this.requests = new FlashforgeRequests(credentials);
        this.http = http;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    @Override
    public Future<Reading> poll() {
        ReadingDeadline deadline = new ReadingDeadline(http, timeout, nanos);
        return http.within(timeout, exchange -> exchange.send(requests.detail()))
                .map(FlashforgeReply::detail)
                .compose(detail -> readProduct(deadline).map(done -> FlashforgeMapper.reading(detail, product)))
                .onSuccess(reading -> newest = reading);
    }

    private Future<?> readProduct(ReadingDeadline deadline) {
        long now = nanos.getAsLong();
        Long before = productRequestedAt;
        if (product.isObject() || (before != null && now - before < PRODUCT_INTERVAL.toNanos())) {
            return Future.succeededFuture();
        }
        productRequestedAt = now;
        return deadline.ifTimeAllows(exchange -> exchange.send(requests.product()))
                .onSuccess(answer -> answer.filter(HttpStatusFailure::isSuccess)
                        .ifPresent(response ->
                                product = LenientJson.ofBody(response).at("product")));
    }

    @Override
    public Future<Void> execute(PrinterCommand command) {
        PrinterRequest request = requests.control(command);
        if (command.capability() == Capability.SPEED && (newest == null || newest.job() == null)) {
            throw new CommandRefusedException(
                    CommandRefusedException.Reason.STATE, "the speed can only be set during a print");
        }
        return http.onSecondConnection(COMMAND_LIMIT, exchange -> exchange.send(request))
                .map(response -> {
                    FlashforgeReply.checkCommand(response);
                    return null;
                });
    }

    @Override
    public void close() {
        http.close();
    }
}
