package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.http.HttpClientRequest;
import java.util.function.Consumer;

/** Bounds the interim responses (1xx) to one request or several; a flood of them would keep the event loop busy. */
final class InterimResponses {
    private static final int MAX = 32;

    private final Consumer<PrinterException> onTooMany;
    private int received;

    /** @param onTooMany may be called more than once; closes the connection */
    InterimResponses(Consumer<PrinterException> onTooMany) {
        this.onTooMany = onTooMany;
    }

    /** Must be called before the request is sent. */
    void countFor(HttpClientRequest request) {
        request.continueHandler(continued -> onResponse());
        request.earlyHintsHandler(hints -> onResponse());
    }

    private void onResponse() {
        received++;
        if (received > MAX) {
            onTooMany.accept(
                    new PrinterException(FailureReason.UNREADABLE, "sent more than " + MAX + " interim responses"));
        }
    }
}
