package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.config.BridgeConfig.Security.Follow;
import io.github.printer2mqtt.model.PrinterId;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Whether registrations follow their printers to new addresses.
 *
 * @param mode as configured
 * @param isUnreachable whether nothing of a printer answers at its registered address; thread-safe
 * @param audit records a change, in one line; never waits
 */
public record Following(Follow mode, Predicate<PrinterId> isUnreachable, Consumer<String> audit) {
    /** For services that change nothing on their own. */
    public static Following never() {
        return new Following(Follow.NEVER, printer -> false, change -> {});
    }
}
