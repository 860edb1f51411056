package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The printers that a scan found; none of them was registered by it.
 *
 * @param networks in CIDR notation
 * @param addresses how many were tried
 * @param isComplete false if the time did not suffice for all, or the bridge lacked connections
 * @param printers by address
 */
public record DiscoveryReport(
        List<String> networks, int addresses, boolean isComplete, Duration took, List<FoundPrinter> printers) {
    /**
     * A printer that a driver recognised.
     *
     * @param evidence of it, one line shown to users, with model, version or serial number where the printer tells them
     * @param fingerprint of its certificate, {@code sha256:…}; null without TLS
     * @param registered which registered printer it is, by address or serial number; null if none
     */
    public record FoundPrinter(
            String driver,
            PrinterAddress address,
            String evidence,
            @Nullable String fingerprint,
            @Nullable PrinterId registered) {}
}
