package io.github.printer2mqtt.net.mqtt;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one Paho client: daemons, which Paho's own are not.
 *
 * <p>Paho waits for its receiver to be running by looking every 100 ms; a broker that closes at once makes the receiver
 * come and go between two looks, and the thread that starts it then looks for ever. So the end of the stream is kept
 * back ({@link DelayedEofInputStream}) until that start has ended.
 *
 * <p>Idle threads are kept until {@link #retireAfter}: Paho's endless tasks hold the pool above the size at which a
 * scheduled PINGREQ would get a new thread, so that no time-out of threads is possible here.
 */
final class PahoExecutor extends ScheduledThreadPoolExecutor {
    /** Paho's connect, receive, send, callback, ping and disconnect tasks, and two of ours. */
    private static final int MOST = 8;

    private static final long START_SECONDS = 3;
    private static final long GRACE_SECONDS = 3;

    private final CountDownLatch started = new CountDownLatch(1);

    PahoExecutor(String name) {
        super(MOST, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Paho executes its start, once, and submits or schedules everything else. */
    @Override
    public void execute(Runnable task) {
        super.execute(() -> {
            try {
                task.run();
            } finally {
                started.countDown();
            }
        });
    }

    /** Waits until Paho has started its threads, at most 3 seconds. */
    void awaitStarted() {
        try {
            if (!started.await(START_SECONDS, TimeUnit.SECONDS)) {
                started.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes, which may block, and ends all threads a little later, when Paho has had time to tidy up. */
    void retireAfter(Runnable closing) {
        if (!isShutdown()) {
            super.execute(closing);
            ScheduledFuture<?> unused = schedule(this::shutdownNow, GRACE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
