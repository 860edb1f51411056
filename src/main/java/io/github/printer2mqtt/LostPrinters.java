package io.github.printer2mqtt;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.config.BridgeConfig.Security.Follow;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.service.Following;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which printers are offline because nothing, or another machine, answers at their address. A printer that refuses its credentials or is
 * busy is still where it was. Safe for every thread.
 */
record LostPrinters(FleetState fleet) implements Predicate<PrinterId> {
    private static final Set<FailureReason> LOST =
            EnumSet.of(FailureReason.TIMEOUT, FailureReason.REFUSED, FailureReason.UNREACHABLE, FailureReason.TLS);

    /** How registrations follow printers that have moved, with a line in the record of changes. */
    static Following following(Follow mode, FleetState fleet, AccessServices access) {
        return new Following(
                mode, new LostPrinters(fleet), change -> access.audit().record("bridge", "bridge", change, "ok"));
    }

    @Override
    public boolean test(PrinterId printer) {
        StatusDocument found = fleet.snapshot().find(printer);
        FailureReason reason = found == null || found.status().online()
                ? null
                : found.status().poll().reason();
        return reason != null && LOST.contains(reason);
    }
}
