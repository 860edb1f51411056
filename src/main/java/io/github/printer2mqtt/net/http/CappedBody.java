package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the body of a response and reports when more bytes arrive than the limit allows. */
final class CappedBody implements BodyStream<Buffer> {
    static final int MAX_BYTES = 1024 * 1024;

    private final Consumer<PrinterException> onTooLarge;
    private final Promise<Buffer> complete = Promise.promise();
    private final Buffer body = Buffer.buffer();

    /** @param onTooLarge may be called more than once; closes the connection */
    CappedBody(Consumer<PrinterException> onTooLarge) {
        this.onTooLarge = onTooLarge;
    }

    static PrinterException tooLarge() {
        return new PrinterException(FailureReason.TOO_LARGE, "the answer is larger than " + MAX_BYTES / 1024 + " KiB");
    }

    @Override
    public Future<Buffer> result() {
        return complete.future();
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        if (body.length() + (long) chunk.length() > MAX_BYTES) {
            PrinterException tooLarge = tooLarge();
            onTooLarge.accept(tooLarge);
            complete.tryFail(tooLarge);
            return Future.failedFuture(tooLarge);
        }
        body.appendBuffer(chunk);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        complete.tryComplete(body);
        return Future.succeededFuture();
    }

    @Override
    public void handle(Throwable failure) {
        complete.tryFail(failure);
    }

    @Override
    public CappedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public CappedBody setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public CappedBody drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
