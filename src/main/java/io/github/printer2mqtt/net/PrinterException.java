package io.github.printer2mqtt.net;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import org.jspecify.annotations.Nullable;

/**
 * Fails a future with a {@link PollFailure}. Has no stack trace: it is an expected result, created thousands of times while
 * half of a farm is switched off.
 */
public final class PrinterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether the request that failed may have reached the printer. */
    public enum Delivery {
        /** Nothing of the request was written to a connection. */
        NOT_SENT,
        /** The request was written to a connection, or it is not known whether it was. */
        POSSIBLE
    }

    private final transient PollFailure failure;
    private final Delivery delivery;

    public PrinterException(FailureReason reason, @Nullable String detail) {
        this(
                reason.wireName() + (detail == null ? "" : ": " + detail),
                new PollFailure(reason, detail),
                Delivery.POSSIBLE);
    }

    private PrinterException(String message, PollFailure failure, Delivery delivery) {
        super(message, null, false, false);
        this.failure = failure;
        this.delivery = delivery;
    }

    /** The same failure with another delivery. */
    public PrinterException with(Delivery delivery) {
        return new PrinterException(String.valueOf(getMessage()), failure, delivery);
    }

    public PollFailure failure() {
        return failure;
    }

    public Delivery delivery() {
        return delivery;
    }
}
