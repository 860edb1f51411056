package io.github.printer2mqtt.picture;

import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;

/** Pictures of printers. Thread-safe; futures complete on the caller's context and fail with a {@link PictureException}. */
public interface PictureService {
    /** The largest thumbnail in bytes. */
    int MAX_THUMBNAIL = 256 * 1024;

    /**
     * The thumbnail of the print that runs or is still shown, at most {@link #MAX_THUMBNAIL} bytes. It is fetched once a job and kept in memory;
     * a printer that has none is asked at most three times a job.
     */
    Future<Picture> thumbnail(PrinterId printer);

    /**
     * What the camera sees now, at most 1 MiB, within 3 s. All who ask share one request, and for 2 s after it they get the same
     * result.
     */
    Future<Picture> snapshot(PrinterId printer);
}
