package io.github.printer2mqtt.registration.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class OfflinePrinterSearchTest {
    @RegisterExtension
    private final VertxInstance vertx = new VertxInstance();

    @Test
    void searchRunsOnlyWhileOneIsDueAndGoesOnAfterAFailure() {
        AtomicBoolean isDue = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger searches = new AtomicInteger();
        OfflinePrinterSearch search = new OfflinePrinterSearch(
                () -> {
                    asked.incrementAndGet();
                    return isDue.get();
                },
                () -> {
                    searches.incrementAndGet();
                    return Future.failedFuture("another search is running");
                },
                Duration.ofMillis(5));
        Await.done(vertx.vertx().deployVerticle(search));
        Await.until("it was asked", () -> asked.get() > 3);
        assertThat(searches.get()).isZero();

        isDue.set(true);

        Await.until("it searched again", () -> searches.get() > 1);
    }
}
