package io.github.printer2mqtt.net;

import io.github.printer2mqtt.printer.MissReason;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a number of bytes; at one more it has the exchange ended. */
final class CappedBody implements BodyStream<Buffer> {
    private final int capBytes;
    private final Consumer<PrinterFault> onOver;
    private final Promise<Buffer> complete = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private boolean over;

    CappedBody(int capBytes, Consumer<PrinterFault> onOver) {
        this.capBytes = capBytes;
        this.onOver = onOver;
    }

    @Override
    public Future<Buffer> result() {
        return complete.future();
    }

    @Override
    public void handle(Throwable failure) {
        complete.tryFail(failure);
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        if (over || body.length() + (long) chunk.length() > capBytes) {
            over = true;
            // Failing here alone would not do: the client goes on reading the rest before it tells.
            onOver.accept(
                    new PrinterFault(MissReason.TOO_LARGE, "the answer is larger than " + capBytes / 1024 + " KiB"));
        } else {
            body.appendBuffer(chunk);
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        complete.tryComplete(body);
        return Future.succeededFuture();
    }

    @Override
    public BodyStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public BodyStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public BodyStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
