package io.github.printer2mqtt.supervision;

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
    private final List<String> reports = new CopyOnWriteArrayList<>();

    @Test
    void reportsALoopThatDied() {
        EventLoopWatchdog watchdog = EventLoopWatchdog.start(vertx, reports::add);

        assertThat(((VertxInternal) vertx).eventLoopGroup().next().shutdownGracefully(0, 0, TimeUnit.SECONDS))
                .succeedsWithin(Duration.ofSeconds(10));

        Await.until("the loop is reported", () -> !reports.isEmpty());
        assertThat(reports).containsExactly("1 of 4 event loops died");
        watchdog.close();
        Await.done(vertx.close());
    }

    @Test
    void ignoresLoopsThatAreClosedInOrder() {
        EventLoopWatchdog watchdog = EventLoopWatchdog.start(vertx, reports::add);
        watchdog.close();
        Await.done(vertx.close());

        Await.until(
                "the watchdog ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("event-loop-watchdog")));
        assertThat(reports).isEmpty();
    }
}
