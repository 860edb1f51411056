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

    private final transient Miss miss;

    public PrinterFault(MissReason reason, @Nullable String detail) {
        super(reason.word() + (detail == null ? "" : ": " + detail), null, false, false);
        this.miss = new Miss(reason, detail);
    }

    public Miss miss() {
        return miss;
    }
}
