package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.picture.PictureException.Code;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The thumbnail of each printer's job. Kept by job and not by the name of the file, which people reuse. Belongs to one event
 * loop.
 */
final class Thumbnails {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Servers need some time to read the thumbnails of a large file that was just uploaded. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(20);

    private static final int MAX_ATTEMPTS = 3;

    /** Printers asked at once: each response may take 1 MiB until it is checked. */
    private static final int MAX_RUNNING = 4;

    private final PictureFetcher fetcher;
    private final Timers timers;
    private final long maxBytes;

    /** The least recently used first. */
    private final Map<PrinterId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private long keptBytes;

    /** What is known of one job's thumbnail. */
    private static final class Entry {
        private Job job;
        private @Nullable Picture picture;
        private @Nullable Future<Picture> pending;
        private @Nullable Throwable failure;
        private int attempts;
        private long retryAt;

        Entry(Job job) {
            this.job = job;
        }
    }

    /** @param maxBytes of all thumbnails that are kept; the ones not asked for longest are dropped and fetched again */
    Thumbnails(PictureFetcher fetcher, Timers timers, long maxBytes) {
        this.fetcher = fetcher;
        this.timers = timers;
        this.maxBytes = maxBytes;
    }

    /** @param job as last described */
    Future<Picture> of(PrinterId printer, Job job, boolean online) {
        Entry entry = entryOf(printer, job);
        if (entry.picture != null) {
            return Future.succeededFuture(entry.picture);
        }
        if (entry.pending != null) {
            return entry.pending;
        }
        Throwable failure = entry.failure;
        if (failure != null && (entry.attempts >= MAX_ATTEMPTS || timers.nanos() - entry.retryAt < 0)) {
            return Future.failedFuture(failure);
        }
        return online
                ? start(printer, entry)
                : Future.failedFuture(new PictureException(Code.PRINTER_OFFLINE, "the printer is offline"));
    }

    private Entry entryOf(PrinterId printer, Job job) {
        Entry known = entries.get(printer);
        if (known != null && known.job.continuesAs(job)) {
            known.job = job;
            return known;
        }
        forget(printer);
        Entry fresh = new Entry(job);
        entries.put(printer, fresh);
        return fresh;
    }

    private Future<Picture> start(PrinterId printer, Entry entry) {
        Promise<Picture> result = Promise.promise();
        entry.pending = result.future();
        entry.attempts++;
        waiting.add(() -> fetcher.fetch(printer, FoundPicture.Kind.THUMBNAIL, LIMIT, PictureService.MAX_THUMBNAIL)
                .onComplete((picture, failure) -> {
                    running--;
                    startNext();
                    onFetched(printer, entry, picture, failure);
                    if (failure != null) {
                        result.fail(failure);
                    } else if (entry.equals(entries.get(printer))) {
                        result.complete(picture);
                    } else {
                        result.fail(PictureException.none("the job has changed"));
                    }
                }));
        startNext();
        return result.future();
    }

    private void startNext() {
        while (running < MAX_RUNNING && !waiting.isEmpty()) {
            running++;
            waiting.remove().run();
        }
    }

    private void onFetched(PrinterId printer, Entry entry, @Nullable Picture picture, @Nullable Throwable failure) {
        entry.pending = null;
        entry.failure = failure;
        entry.retryAt = timers.nanos() + RETRY_AFTER.toNanos();
        if (picture != null && entry.equals(entries.get(printer))) {
            entry.picture = picture;
            keptBytes += picture.bytes().length();
            dropOldest(entry);
        }
    }

    private void dropOldest(Entry newest) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (keptBytes > maxBytes && oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.picture != null && !entry.equals(newest)) {
                keptBytes -= entry.picture.bytes().length();
                oldest.remove();
            }
        }
    }

    /** Another job began, or the printer was removed. */
    void forget(PrinterId printer) {
        Entry entry = entries.remove(printer);
        if (entry != null && entry.picture != null) {
            keptBytes -= entry.picture.bytes().length();
        }
    }
}
