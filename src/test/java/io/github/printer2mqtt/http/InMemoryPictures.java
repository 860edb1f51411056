package io.github.printer2mqtt.http;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.picture.Picture;
import io.github.printer2mqtt.picture.PictureException;
import io.github.printer2mqtt.picture.PictureService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Every printer has the same pictures, until {@link #failure} is set. */
final class InMemoryPictures implements PictureService {
    static final Buffer BYTES = Buffer.buffer("not looked at by the API");

    volatile @Nullable PictureException failure;

    @Override
    public Future<Picture> thumbnail(PrinterId printer) {
        return picture(Picture.Format.PNG);
    }

    @Override
    public Future<Picture> snapshot(PrinterId printer) {
        return picture(Picture.Format.JPEG);
    }

    private Future<Picture> picture(Picture.Format format) {
        PictureException failed = failure;
        return failed == null
                ? Future.succeededFuture(new Picture(format, BYTES, "5eed"))
                : Future.failedFuture(failed);
    }
}
