package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a printer's entities depend on; equal facts give an equal message.
 *
 * @param printer as it is registered
 * @param model as its status says, which is the registration's or the printer's own; null if neither says
 * @param capabilities what it can do at all
 * @param telemetry what its driver tells beyond what all do
 * @param equipment what it has shown to have
 */
public record PrinterFacts(
        Printer printer,
        @Nullable String model,
        Set<Capability> capabilities,
        Set<TelemetryField> telemetry,
        Equipment equipment) {
    public PrinterFacts {
        capabilities = Set.copyOf(capabilities);
        telemetry = Set.copyOf(telemetry);
    }

    PrinterFacts with(Equipment other) {
        return new PrinterFacts(printer, model, capabilities, telemetry, other);
    }
}
