package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the body of an answer up to a number of bytes; where more come or are promised it has the exchange ended. */
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

    /** To be called as soon as the head of the answer is there. */
    static Future<Buffer> of(HttpClientResponse answer, int capBytes, Consumer<PrinterException> onOver) {
        CappedBody body = new CappedBody(capBytes, onOver);
        answer.exceptionHandler(body.complete::tryFail);
        answer.handler(body::add);
        answer.endHandler(end -> body.complete.tryComplete(body.body));
        // One value at most: the HTTP decoder refuses a length that is none, and several that differ.
        if (promised(answer.getHeader("Content-Length")) > capBytes) {
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
            PrinterException fault = new PrinterException(
                    FailureReason.TOO_LARGE, "the answer is larger than " + capBytes / 1024 + " KiB");
            onOver.accept(fault);
            complete.tryFail(fault);
        }
    }

    private static long promised(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return 0; // the HTTP decoder refuses it
        }
    }
}
