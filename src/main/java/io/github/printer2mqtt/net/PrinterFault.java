package io.github.printer2mqtt.net;

import io.github.printer2mqtt.printer.Miss;
import io.github.printer2mqtt.printer.MissReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a future about a printer failed: a {@link Miss} on its way up. Carries no stack trace, since it is a value and
 * made thousands of times where half a farm is off.
 */
public final class PrinterFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether the request that failed may have reached the printer. */
    public enum Delivery {
        /** Nothing of the request was written to a connection. */
        NOT_SENT,
        /** The request was handed to a connection, or nothing else is known. */
        POSSIBLE
    }

    private final transient Miss miss;
    private final Delivery delivery;

    public PrinterFault(MissReason reason, @Nullable String detail) {
        this(reason.word() + (detail == null ? "" : ": " + detail), new Miss(reason, detail), Delivery.POSSIBLE);
    }

    private PrinterFault(String message, Miss miss, Delivery delivery) {
        super(message, null, false, false);
        this.miss = miss;
        this.delivery = delivery;
    }

    /** The same fault with what is known of the request. */
    public PrinterFault with(Delivery known) {
        return new PrinterFault(String.valueOf(getMessage()), miss, known);
    }

    public Miss miss() {
        return miss;
    }

    public Delivery delivery() {
        return delivery;
    }
}
