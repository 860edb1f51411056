package io.github.printer2mqtt.demo;

import java.util.Locale;

/** A simulated printer was asked for something that its state forbids. */
public final class ForbiddenByState extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForbiddenByState(String operation, SimulatedPrinter.State state) {
        super("cannot " + operation + " while " + state.name().toLowerCase(Locale.ROOT));
    }
}
