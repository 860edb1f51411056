package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopWatchdogTest {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void reportsALoopWhoseThreadEnded() {
        EventLoopWatchdog watchdog = EventLoopWatchdog.start(vertx, told::add);

        assertThat(((VertxInternal) vertx).eventLoopGroup().next().shutdownGracefully(0, 0, TimeUnit.SECONDS))
                .succeedsWithin(Duration.ofSeconds(10));

        Await.until("the loop is reported", () -> !told.isEmpty());
        assertThat(told).containsExactly("1 of 4 event loops died");
        watchdog.close();
        Await.done(vertx.close());
    }

    @Test
    void saysNothingOfLoopsThatAreClosedInOrder() {
        EventLoopWatchdog watchdog = EventLoopWatchdog.start(vertx, told::add);
        watchdog.close();
        Await.done(vertx.close());

        Await.until(
                "the watchdog ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("event-loop-watchdog")));
        assertThat(told).isEmpty();
    }
}
