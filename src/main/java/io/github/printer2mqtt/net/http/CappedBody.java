package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpResponseHead;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the body of a response and reports when more bytes arrive than the limit allows. */
final class CappedBody implements BodyStream<Buffer> {
    private final int maxBytes;
    private final Consumer<PrinterException> onTooLarge;
    private final Promise<Buffer> complete = Promise.promise();

    /** The first chunk itself, since most bodies have only one. */
    private Buffer body = Buffer.buffer();

    /** @param onTooLarge may be called more than once; closes the connection */
    CappedBody(int maxBytes, Consumer<PrinterException> onTooLarge) {
        this.maxBytes = maxBytes;
        this.onTooLarge = onTooLarge;
    }

    static PrinterException tooLarge(int maxBytes) {
        return new PrinterException(FailureReason.TOO_LARGE, "the answer is larger than " + maxBytes / 1024 + " KiB");
    }

    /** The length of the body according to the head; 0 if it names none. */
    static long announcedLength(HttpResponseHead head) {
        String length = head.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return 0; // the HTTP decoder rejects it, and several that differ
        }
    }

    @Override
    public Future<Buffer> result() {
        return complete.future();
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        if (body.length() + (long) chunk.length() > maxBytes) {
            PrinterException tooLarge = tooLarge(maxBytes);
            onTooLarge.accept(tooLarge);
            complete.tryFail(tooLarge);
            return Future.failedFuture(tooLarge);
        }
        body = body.length() == 0 ? chunk : body.appendBuffer(chunk);
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
