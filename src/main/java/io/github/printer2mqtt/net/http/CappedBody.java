package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the body of a response; ends the exchange if more bytes arrive, or are announced, than the limit allows. */
final class CappedBody {
    private final int capBytes;
    private final Consumer<PrinterException> onOver;
    private final Promise<Buffer> complete = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private boolean over;

    private CappedBody(int capBytes, Consumer<PrinterException> onOver) {
        this.capBytes = capBytes;
        this.onOver = onOver;
    }

    /** Must be called as soon as the head has arrived. */
    static Future<Buffer> of(HttpClientResponse response, int capBytes, Consumer<PrinterException> onOver) {
        CappedBody body = new CappedBody(capBytes, onOver);
        response.exceptionHandler(body.complete::tryFail);
        response.handler(body::add);
        response.endHandler(end -> body.complete.tryComplete(body.body));
        // The HTTP decoder rejects invalid lengths and several that differ.
        if (announcedLength(response.getHeader("Content-Length")) > capBytes) {
            body.cut();
        }
        return body.complete.future();
    }

    private void add(Buffer chunk) {
        if (over || body.length() + (long) chunk.length() > capBytes) {
            cut();
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void cut() {
        if (!over) {
            over = true;
            PrinterException tooLarge = new PrinterException(
                    FailureReason.TOO_LARGE, "the answer is larger than " + capBytes / 1024 + " KiB");
            onOver.accept(tooLarge);
            complete.tryFail(tooLarge);
        }
    }

    private static long announcedLength(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return 0; // the HTTP decoder rejects it
        }
    }
}
