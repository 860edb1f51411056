package io.github.printer2mqtt.net;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import org.jspecify.annotations.Nullable;

/**
 * Why a future about a printer failed: a {@link PollFailure} on its way up. Carries no stack trace, since it is a value and
 * made thousands of times where half a farm is off.
 */
public final class PrinterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether the request that failed may have reached the printer. */
    public enum Delivery {
        /** Nothing of the request was written to a connection. */
        NOT_SENT,
        /** The request was handed to a connection, or nothing else is known. */
        POSSIBLE
    }

    private final transient PollFailure miss;
    private final Delivery delivery;

    public PrinterException(FailureReason reason, @Nullable String detail) {
        this(
                reason.wireName() + (detail == null ? "" : ": " + detail),
                new PollFailure(reason, detail),
                Delivery.POSSIBLE);
    }

    private PrinterException(String message, PollFailure miss, Delivery delivery) {
        super(message, null, false, false);
        this.miss = miss;
        this.delivery = delivery;
    }

    /** The same fault with what is known of the request. */
    public PrinterException with(Delivery known) {
        return new PrinterException(String.valueOf(getMessage()), miss, known);
    }

    public PollFailure miss() {
        return miss;
    }

    public Delivery delivery() {
        return delivery;
    }
}
