package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.picture.Picture;
import io.github.printer2mqtt.picture.PictureException;
import io.github.printer2mqtt.picture.PictureService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Every printer has the same thumbnail, or none. */
final class FakePictures implements PictureService {
    volatile @Nullable Buffer thumbnail;
    final AtomicInteger requests = new AtomicInteger();

    @Override
    public Future<Picture> thumbnail(PrinterId printer) {
        requests.incrementAndGet();
        Buffer bytes = thumbnail;
        return bytes == null
                ? Future.failedFuture(new PictureException(PictureException.Code.NO_PICTURE, "none"))
                : Future.succeededFuture(new Picture(Picture.Format.PNG, bytes, "5eed"));
    }

    @Override
    public Future<Picture> snapshot(PrinterId printer) {
        throw new AssertionError("MQTT has no snapshots");
    }
}
