package io.github.printer2mqtt.net.mqtt.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The threads of one Paho client: daemons, which Paho's own are not.
 *
 * <p>Paho polls every 100 ms whether its receiver runs. If the broker closes at once, the receiver may start and end
 * between two polls, and the starting thread polls forever; so the end of the stream is withheld ({@link
 * DelayedEofInputStream}) until the start is complete.
 *
 * <p>Idle threads are kept until {@link #retireAfter}: Paho's endless tasks occupy core threads, so with a thread
 * timeout a scheduled PINGREQ would get no thread.
 */
final class PahoExecutor extends ScheduledThreadPoolExecutor {
    /** Paho's connect, receive, send, callback, ping and disconnect tasks, and two of ours. */
    private static final int MAX_THREADS = 8;

    private static final long START_SECONDS = 3;
    private static final long GRACE_SECONDS = 3;

    private final CountDownLatch started = new CountDownLatch(1);

    PahoExecutor(String name) {
        super(MAX_THREADS, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Paho calls this once, for its start; everything else is submitted or scheduled. */
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

    /** Runs a close, which may block, and ends all threads 3 seconds later, when Paho has finished its own clean-up. */
    void retireAfter(Runnable closing) {
        if (!isShutdown()) {
            super.execute(closing);
            ScheduledFuture<?> unused = schedule(this::shutdownNow, GRACE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Withholds the end of a stream until Paho has started all its threads, see {@link PahoExecutor}, and records the
     * start of the broker's CONNACK.
     */
    static final class DelayedEofInputStream extends FilterInputStream {
        private final PahoExecutor threads;
        private final AbortableSocket socket;

        DelayedEofInputStream(InputStream in, PahoExecutor threads, AbortableSocket socket) {
            super(in);
            this.threads = threads;
            this.socket = socket;
        }

        @Override
        public int available() throws IOException {
            try {
                return super.available();
            } catch (IOException e) {
                threads.awaitStarted();
                throw e;
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                int count = super.read(bytes, from, length);
                socket.connack().add(bytes, from, count);
                if (count < 0) {
                    threads.awaitStarted();
                }
                return count;
            } catch (IOException e) {
                throw awaitStartAtEnd(e);
            }
        }

        private IOException awaitStartAtEnd(IOException e) {
            if (e instanceof SSLException reason) {
                socket.onTlsFailure(reason);
            }
            // A read timeout, which Paho uses as a one-second tick, is no end of the stream.
            if (!(e instanceof SocketTimeoutException)) {
                threads.awaitStarted();
            }
            return e;
        }
    }
}
