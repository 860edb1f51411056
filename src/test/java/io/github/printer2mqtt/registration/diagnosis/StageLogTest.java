package io.github.printer2mqtt.registration.diagnosis;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StageLogTest {
    private static final Duration LIMIT = Duration.ofSeconds(9);

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void resultOfAnotherLoopIsHandledOnTheOwnOne() {
        Context own = ((VertxInternal) instance.vertx()).createEventLoopContext();
        Context other = ((VertxInternal) instance.vertx()).createEventLoopContext();
        AtomicReference<@Nullable Context> handledOn = new AtomicReference<>();
        Promise<String> elsewhere = Promise.promise();
        other.runOnContext(now -> elsewhere.complete("answer"));

        done(log(own).step(
                        LIMIT,
                        elsewhere::future,
                        (result, millis) -> {
                            handledOn.set(Vertx.currentContext());
                            return Future.succeededFuture();
                        },
                        (failure, millis) -> Future.failedFuture("failed")));

        assertThat(handledOn.get()).isSameAs(own);
    }

    @Test
    void stepWithoutTimeLeftIsATimeoutAndSendsNothing() {
        StageLog log = log(instance.vertx().getOrCreateContext());
        nanos.addAndGet(LIMIT.toNanos());
        AtomicReference<@Nullable PollFailure> seen = new AtomicReference<>();

        done(log.step(
                Duration.ofSeconds(3),
                () -> {
                    throw new AssertionError("no request is due");
                },
                (result, millis) -> Future.failedFuture("succeeded"),
                (failure, millis) -> {
                    seen.set(failure);
                    return Future.succeededFuture();
                }));

        assertThat(seen.get()).isEqualTo(PollFailure.of(FailureReason.TIMEOUT));
    }

    @Test
    void requestIsAbandonedAtItsLimit() {
        AtomicReference<@Nullable PollFailure> seen = new AtomicReference<>();

        done(log(instance.vertx().getOrCreateContext())
                .step(
                        Duration.ofMillis(60),
                        () -> Promise.promise().future(),
                        (result, millis) -> Future.failedFuture("succeeded"),
                        (failure, millis) -> {
                            seen.set(failure);
                            return Future.succeededFuture();
                        }));

        assertThat(seen.get()).isEqualTo(PollFailure.of(FailureReason.TIMEOUT));
    }

    @Test
    void bugOfADriverFailsTheDiagnosis() {
        Throwable bug = failure(log(instance.vertx().getOrCreateContext())
                .step(
                        LIMIT,
                        () -> {
                            throw new IllegalStateException("a bug");
                        },
                        (result, millis) -> Future.succeededFuture(),
                        (failure, millis) -> Future.succeededFuture()));

        assertThat(bug).isInstanceOf(IllegalStateException.class).hasMessage("a bug");
    }

    private StageLog log(Context loop) {
        return new StageLog(new ContextExecutor(loop), nanos::get, LIMIT, Instant.EPOCH);
    }
}
