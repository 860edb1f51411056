package io.github.printer2mqtt.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.net.http.ApiClient;
import io.github.printer2mqtt.testing.LosableOwnership;
import io.github.printer2mqtt.testing.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryQueueTest {
    private static final Instant AT = Instant.parse("2026-11-21T09:50:00Z");

    private final ManualTimers timers = new ManualTimers();
    private final MetricsRegistry registry = new MetricsRegistry();
    private final List<String> sent = new ArrayList<>();
    private final List<Promise<ApiClient.Response>> attempts = new ArrayList<>();
    private final LosableOwnership ownership = new LosableOwnership();
    private final DeliveryQueue queue =
            new DeliveryQueue("webhook", this::attempt, timers, new NotificationMetrics(registry), ownership);

    @Test
    void sendsOneAfterTheOtherInOrder() {
        add(3);
        assertThat(sent).hasSize(1);
        answers(200);
        answers(204);
        answers(200);
        assertThat(sent).containsExactly(id(0), id(1), id(2));
        assertThat(timers.pending()).isZero();
        assertCounted("delivered", 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void repeatsWhatMayWorkLater(int status) {
        add(2);
        answers(status);
        assertThat(sent).containsExactly(id(0));
        timers.advance(DeliveryQueue.FIRST_DELAY);
        answers(200);
        answers(200);
        assertThat(sent).containsExactly(id(0), id(0), id(1));
        assertCounted("retried", 1);
        assertCounted("delivered", 2);
    }

    @Test
    void nothingIsSentAfterTheLossOfTheOwnership() {
        add(3);
        answers(503);
        timers.advance(DeliveryQueue.FIRST_DELAY);
        assertThat(sent).containsExactly(id(0), id(0));

        ownership.lose();
        answers(200);
        add(1);
        timers.advance(DeliveryQueue.MAX_AGE);

        assertThat(sent).containsExactly(id(0), id(0));
        assertThat(timers.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 410})
    void dropsWhatTheReceiverRejects(int status) {
        add(2);
        answers(status);
        answers(200);
        assertThat(sent).containsExactly(id(0), id(1));
        assertCounted("rejected", 1);
    }

    @Test
    void delaysGrowToFiveMinutesAndStartAnewAfterADelivery() {
        add(1);
        for (long seconds : new long[] {2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
            fails();
            timers.advance(Duration.ofSeconds(seconds - 1));
            int before = sent.size();
            timers.advance(Duration.ofSeconds(1));
            assertThat(sent).as("after %d s", seconds).hasSize(before + 1);
        }
        answers(200);
        add(1);
        fails();
        timers.advance(DeliveryQueue.FIRST_DELAY);
        assertThat(sent).hasSize(13);
    }

    @Test
    void dropsWhatIsAnHourOld() {
        add(2);
        fails();
        for (int i = 0; i < 30 && timers.pending() > 0; i++) {
            int before = sent.size();
            timers.advance(DeliveryQueue.MAX_DELAY);
            if (sent.size() > before) {
                fails();
            }
        }
        assertThat(timers.pending()).isZero();
        assertThat(sent).doesNotContain(id(1));
        assertCounted("dropped", 2);
        add(1);
        answers(200);
        assertCounted("delivered", 1);
    }

    @Test
    void requestThatFailsAfterTheStopIsNotRepeated() {
        add(2);
        queue.stop();
        fails();
        assertThat(timers.pending()).isZero();
        assertThat(sent).containsExactly(id(0));
    }

    @Test
    void deadReceiverHoldsNoMoreThanTheCapacity() {
        add(DeliveryQueue.CAPACITY + 11);
        assertCounted("dropped", 10);
        fails();
        assertCounted("dropped", 11);
        timers.advance(DeliveryQueue.FIRST_DELAY);
        assertThat(sent).containsExactly(id(0), id(11));
    }

    @Test
    void stopsWithoutATimer() {
        add(3);
        fails();
        queue.stop();
        assertThat(timers.pending()).isZero();
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            queue.add(Notification.test(AT.plusMillis(i)));
        }
    }

    private static String id(int number) {
        return Notification.test(AT.plusMillis(number)).id();
    }

    private Future<ApiClient.Response> attempt(Notification notification) {
        sent.add(notification.id());
        Promise<ApiClient.Response> promise = Promise.promise();
        attempts.add(promise);
        return promise.future();
    }

    private void answers(int status) {
        attempts.get(attempts.size() - 1).complete(new ApiClient.Response(status, "", Buffer.buffer()));
    }

    private void fails() {
        attempts.get(attempts.size() - 1).fail("nothing listens");
    }

    private void assertCounted(String result, int count) {
        String line =
                "printer2mqtt_notifications_total{receiver=\"webhook\",result=\"" + result + "\"} " + count + ".0";
        assertThat(new String(registry.prometheusText(), StandardCharsets.UTF_8))
                .contains(line);
    }
}
