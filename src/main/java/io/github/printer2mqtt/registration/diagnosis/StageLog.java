package io.github.printer2mqtt.registration.diagnosis;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stages of one diagnosis and the time that is left for it. Belongs to one event loop. */
final class StageLog {
    private static final Duration MIN_STEP = Duration.ofMillis(50);

    private final ContextExecutor loop;
    private final LongSupplier nanos;
    private final Instant at;
    private final long begin;
    private final long end;
    private final Map<DiagnosisStage, StageResult> results = new EnumMap<>(DiagnosisStage.class);

    /**
     * @param loop on which the steps run
     * @param limit for all steps together, from now
     */
    StageLog(ContextExecutor loop, LongSupplier nanos, Duration limit, Instant at) {
        this.loop = loop;
        this.nanos = nanos;
        this.at = at;
        this.begin = nanos.getAsLong();
        this.end = begin + limit.toNanos();
    }

    /** A later finding about the same stage replaces an earlier one. */
    void add(Finding finding, @Nullable Long millis) {
        results.put(finding.stage(), StageResult.of(finding, millis));
    }

    void addAll(List<Finding> findings, long millis) {
        findings.forEach(finding -> add(finding, millis));
    }

    boolean has(DiagnosisStage stage) {
        return results.containsKey(stage);
    }

    Instant at() {
        return at;
    }

    long tookMillis() {
        return millisSince(begin);
    }

    /** One result for each stage. */
    List<StageResult> results() {
        return Stream.of(DiagnosisStage.values())
                .map(stage -> results.getOrDefault(stage, StageResult.notChecked(stage)))
                .toList();
    }

    /**
     * Runs a request for at most the limit and the time that is left, and hands over its result or failure with the
     * milliseconds that it took. Fails only with what is no failure of the printer.
     */
    <T> Future<Void> step(
            Duration limit,
            Supplier<Future<T>> request,
            BiFunction<T, Long, Future<Void>> onResult,
            BiFunction<PollFailure, Long, Future<Void>> onFailure) {
        long start = nanos.getAsLong();
        Duration left = Duration.ofNanos(Math.min(limit.toNanos(), end - start));
        if (left.compareTo(MIN_STEP) < 0) {
            return onFailure.apply(PollFailure.of(FailureReason.TIMEOUT), 0L);
        }
        Promise<Void> done = Promise.promise();
        // compose() makes a failed future of what the driver throws. A name that another loop looks up too is resolved
        // there.
        Future.succeededFuture()
                .compose(now -> request.get().timeout(left.toMillis(), TimeUnit.MILLISECONDS))
                .onComplete(outcome -> loop.execute(() -> Future.succeededFuture()
                        .compose(now -> outcome.succeeded()
                                ? onResult.apply(outcome.result(), millisSince(start))
                                : onFailure(outcome.cause(), millisSince(start), onFailure))
                        .onComplete(done)));
        return done.future();
    }

    private static Future<Void> onFailure(
            Throwable failure, long millis, BiFunction<PollFailure, Long, Future<Void>> handler) {
        if (failure instanceof PrinterException exception) {
            return handler.apply(exception.failure(), millis);
        }
        return failure instanceof TimeoutException
                ? handler.apply(PollFailure.of(FailureReason.TIMEOUT), millis)
                : Future.failedFuture(failure);
    }

    private long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - start);
    }
}
