package io.github.printer2mqtt.supervision;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Detects, once a second on its own thread, that an event loop has died, for example by an OutOfMemoryError outside a
 * handler. Netty goes on with the remaining loops, so the process would stay alive without serving.
 */
public final class EventLoopWatchdog implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final List<EventExecutor> loops;
    private final Consumer<String> onDeath;

    /** Loaded at the start, while there is memory for it. */
    private final String outOfMemory;

    private final CountDownLatch closed = new CountDownLatch(1);

    private EventLoopWatchdog(List<EventExecutor> loops, Consumer<String> onDeath, String outOfMemory) {
        this.outOfMemory = outOfMemory;
        this.loops = loops;
        this.onDeath = onDeath;
    }

    /**
     * Watches every event loop of a Vert.x instance.
     *
     * @param onDeath called at most once, on the thread of the watchdog, with a message
     */
    public static EventLoopWatchdog start(Vertx vertx, Consumer<String> onDeath) {
        EventLoopWatchdog watchdog = new EventLoopWatchdog(loops(vertx), onDeath, "out of memory");
        Thread thread = new Thread(watchdog::run, "event-loop-watchdog");
        thread.setDaemon(true);
        thread.start();
        return watchdog;
    }

    /** Every event loop of a Vert.x instance. */
    public static List<EventExecutor> loops(Vertx vertx) {
        List<EventExecutor> loops = new ArrayList<>();
        ((VertxInternal) vertx).eventLoopGroup().forEach(loops::add);
        ((VertxInternal) vertx).acceptorEventLoopGroup().forEach(loops::add);
        return loops;
    }

    /** Whether each loop runs an empty task within a limit; must not be called on an event loop. */
    static boolean isEachRunning(List<? extends Executor> loops, Duration limit) throws InterruptedException {
        try {
            CompletableFuture<?>[] tasks = loops.stream()
                    .map(loop -> CompletableFuture.runAsync(() -> {}, loop))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(tasks).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
            return false;
        }
    }

    private void run() {
        try {
            watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            onDeath.accept(outOfMemory);
        }
    }

    private void watch() throws InterruptedException {
        while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            long dead = loops.stream().filter(EventExecutor::isShuttingDown).count();
            if (dead > 0 && closed.getCount() > 0) {
                onDeath.accept(dead + " of " + loops.size() + " event loops died");
                return;
            }
        }
    }

    /** Stops watching; must be called before the loops are closed. */
    @Override
    public void close() {
        closed.countDown();
    }
}
