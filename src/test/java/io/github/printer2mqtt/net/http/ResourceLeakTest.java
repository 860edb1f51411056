package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.hostile.HostileFarm;
import io.github.printer2mqtt.hostile.HostileFarm.Member;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polls each hostile printer twice. */
class ResourceLeakTest {
    private static final Duration LIMIT = Duration.ofMillis(800);

    private final Vertx vertx = Vertx.vertx();
    private final Vertx hostileVertx = Vertx.vertx();

    @AfterEach
    void close() {
        Await.done(vertx.close());
        Await.done(hostileVertx.close());
    }

    @Test
    void leavesNoTimerAndNoSocketAfterHostilePrinters(@TempDir Path folder) {
        long own = vertx.setTimer(60_000, fired -> {});
        assertThat(timers().contains(own)).as("this looks where timers are").isTrue();
        vertx.cancelTimer(own);
        try (PrinterNetwork network = PrinterNetwork.create(vertx, new AddressPolicy(Loopback.ALLOWED, Set::of));
                HostileFarm farm = HostileFarm.open(hostileVertx, folder)) {
            List<Future<Void>> asked = farm.members().stream()
                    .map(hostile -> ask(network, hostile))
                    .toList();

            Await.done(Future.join(asked));

            Await.until("no timer is left", () -> timers().isEmpty());
            for (Member hostile : farm.members()) {
                Await.until(
                        "no socket is left at: " + hostile,
                        () -> hostile.place().openSockets() == 0);
            }
        }
    }

    /** Polls twice, ignores the results, and closes the client. */
    private Future<Void> ask(PrinterNetwork network, Member hostile) {
        PrinterAddress address = AddressText.parse(hostile.place().url()).withDefaultPort(80);
        Promise<Void> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> {
            PrinterHttp http = network.open(address, null);
            ask(http)
                    .compose(first -> ask(http))
                    .onComplete(second -> http.close())
                    .<Void>mapEmpty()
                    .onComplete(done);
        });
        return done.future();
    }

    private static Future<Boolean> ask(PrinterHttp http) {
        PrinterRequest question = PrinterRequest.queryJson("/printer/objects/query", Map.of(), "{}");
        return http.within(LIMIT, exchange -> exchange.send(question))
                .transform(outcome -> outcome.succeeded() || outcome.cause() instanceof PrinterException
                        ? Future.succeededFuture(outcome.succeeded())
                        : Future.failedFuture(outcome.cause()));
    }

    /** Vert.x has no public API for it. */
    private Set<?> timers() {
        try {
            Field timeouts = vertx.getClass().getDeclaredField("timeouts");
            timeouts.setAccessible(true);
            return ((Map<?, ?>) timeouts.get(vertx)).keySet();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this Vert.x keeps its timers elsewhere", e);
        }
    }
}
