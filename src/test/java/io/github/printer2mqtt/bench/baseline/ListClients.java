package io.github.printer2mqtt.bench.baseline;

import io.github.printer2mqtt.bench.process.KeepAliveClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Clients that request a bridge's list, each on its own connection. Latencies are in nanoseconds and count from the time at
 * which a request was due, so that a pause of the bridge affects every request that would have waited.
 *
 * @param path requested path
 * @param header additional request header
 * @param clients number of clients
 * @param pause time from the start of one request to the start of the next; zero for no pause
 */
public record ListClients(int port, String path, String header, int clients, Duration pause) {
    public static final String LIST = "/api/printers";
    public static final String PLAIN = "Accept-Encoding: identity";
    public static final String GZIP = "Accept-Encoding: gzip";

    /** Requests an uncompressed response. */
    public ListClients(int port, String path, int clients, Duration pause) {
        this(port, path, PLAIN, clients, pause);
    }

    /** Sends requests for this time. */
    public Histogram ask(Duration length) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long begin = System.nanoTime();
            List<Callable<Histogram>> work = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                long first = begin + pause.toNanos() * i / clients;
                work.add(() -> askFrom(first, begin + length.toNanos()));
            }
            Histogram all = new Histogram(3);
            for (Future<Histogram> one : threads.invokeAll(work)) {
                all.add(one.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IOException("a client failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram askFrom(long first, long end) throws IOException {
        Histogram latencies = new Histogram(3);
        try (KeepAliveClient client = KeepAliveClient.connect(port)) {
            long due = first;
            long begin = waitUntil(due);
            while (begin - end < 0) {
                if (client.get(path, header).status() != 200) {
                    throw new IOException("a request was refused: " + path);
                }
                long answered = System.nanoTime();
                latencies.recordValue(answered - begin);
                due = pause.isZero() ? answered : due + pause.toNanos();
                begin = answered - due >= 0 ? due : waitUntil(due);
            }
        }
        return latencies;
    }

    /** Counts from the actual wake-up, because the bridge does not cause scheduling delays of its clients. */
    private static long waitUntil(long due) {
        long now = System.nanoTime();
        while (now - due < 0) {
            LockSupport.parkNanos(due - now);
            now = System.nanoTime();
        }
        return now;
    }
}
