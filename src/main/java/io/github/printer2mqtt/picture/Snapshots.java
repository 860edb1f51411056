package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.picture.PictureException.Code;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Pictures of cameras, on demand. Cameras serve few clients, so that all who ask share one request. Belongs to one event loop. */
final class Snapshots {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 1024 * 1024;

    /** Between the end of one request to a camera and the start of the next. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Being fetched or kept; each may take 1 MiB. */
    private static final int MAX_PICTURES = 16;

    private final PictureFetcher fetcher;
    private final LoopTimers timers;
    private final Map<PrinterId, Future<Picture>> newest = new HashMap<>();

    Snapshots(PictureFetcher fetcher, LoopTimers timers) {
        this.fetcher = fetcher;
        this.timers = timers;
    }

    /** The snapshot being fetched, the one of the last moments, or a new one. */
    Future<Picture> of(PrinterId printer) {
        Future<Picture> known = newest.get(printer);
        if (known != null) {
            return known;
        }
        if (newest.size() >= MAX_PICTURES) {
            return Future.failedFuture(new PictureException(
                    Code.BUSY, MAX_PICTURES + " snapshots are being fetched (limit " + MAX_PICTURES + ")"));
        }
        Future<Picture> fetched = fetcher.fetch(printer, FoundPicture.Kind.SNAPSHOT, LIMIT, MAX_BYTES);
        newest.put(printer, fetched);
        fetched.onComplete(done -> timers.after(PAUSE, () -> newest.remove(printer)));
        return fetched;
    }
}
