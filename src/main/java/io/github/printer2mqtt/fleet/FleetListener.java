package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;

/**
 * Hears what happens to the fleet, on the fleet's context: it must return at once and hand work to its own loop, for
 * which {@link ChangeQueue} is made.
 */
public interface FleetListener {
    /** A printer was registered, or its registration changed. Its first change follows. */
    default void onRegistered(Printer printer) {}

    /** A printer was removed. */
    default void onRemoved(PrinterId printer) {}

    /** A status changed enough to be announced (docs/reference/status.md, "When a change is published"). */
    default void onChange(Status.Change change) {}

    /** Something happened. */
    default void onEvent(PrinterEvent event) {}
}
