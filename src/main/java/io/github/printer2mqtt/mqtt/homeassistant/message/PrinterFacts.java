package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a printer's entities depend on; equal facts result in equal messages.
 *
 * @param printer its registration
 * @param model from the registration or the printer; null if unknown
 * @param capabilities of the printer
 * @param telemetry optional fields that its driver supports
 * @param hardware shown by its statuses
 */
public record PrinterFacts(
        Printer printer,
        @Nullable String model,
        Set<Capability> capabilities,
        Set<TelemetryField> telemetry,
        ObservedHardware hardware) {
    public PrinterFacts {
        capabilities = Set.copyOf(capabilities);
        telemetry = Set.copyOf(telemetry);
    }

    /** Without the fields that only some printers report: see {@code Reading.Details}. */
    PrinterFacts withoutDetails() {
        EnumSet<TelemetryField> common = EnumSet.of(TelemetryField.LAYERS, TelemetryField.SPEED, TelemetryField.FAN);
        common.retainAll(telemetry);
        return new PrinterFacts(printer, model, capabilities, common, hardware);
    }

    PrinterFacts withoutThumbnail() {
        EnumSet<TelemetryField> others = EnumSet.complementOf(EnumSet.of(TelemetryField.THUMBNAIL));
        others.retainAll(telemetry);
        return new PrinterFacts(printer, model, capabilities, others, hardware);
    }

    PrinterFacts with(ObservedHardware other) {
        return new PrinterFacts(printer, model, capabilities, telemetry, other);
    }
}
