package io.github.printer2mqtt.testing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits with a time limit. */
public final class Await {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private Await() {}

    /** The result of a future within 30 seconds; rethrows an unchecked failure. */
    public static <T> T done(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new AssertionError("the future failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("not done within " + BOUND, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The failure of a future, within 30 seconds. */
    public static Throwable failure(Future<?> future) {
        return done(future.transform(outcome -> outcome.succeeded()
                ? Future.failedFuture(new AssertionError("expected a failure, got " + outcome.result()))
                : Future.succeededFuture(outcome.cause())));
    }

    /** Waits until something is true, within 30 seconds. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, BOUND, condition);
    }

    /** Waits until something is true. */
    public static void until(String what, Duration bound, BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + bound + ": " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
