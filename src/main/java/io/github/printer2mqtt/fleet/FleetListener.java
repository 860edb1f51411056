package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;

/** Called on the fleet's context, so it must not block; {@link ChangeQueue} passes the work to another loop. */
public interface FleetListener {
    /** A printer was registered, or its registration changed; {@link #onChange} follows. */
    default void onRegistered(Printer printer) {}

    default void onRemoved(PrinterId printer) {}

    /** A status changed enough to be published (docs/reference/status.md, "When a change is published"). */
    default void onChange(Status.Change change) {}

    default void onEvent(PrinterEvent event) {}
}
