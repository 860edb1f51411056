package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.driver.Driver.Identity;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.address.PrinterAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The printers that a search found; none of them was registered by it.
 *
 * @param networks that were scanned, in CIDR notation
 * @param addresses how many were tried
 * @param isComplete false if the time did not suffice for all, the bridge lacked connections, or a limit was reached
 * @param problems why a part of the search was not possible, each one line
 * @param printers by address
 * @param followed the registered printers that got the address at which the search found them
 */
public record DiscoveryReport(
        List<String> networks,
        int addresses,
        boolean isComplete,
        Duration took,
        List<String> problems,
        List<FoundPrinter> printers,
        List<PrinterId> followed) {
    /** The source of printers that were found by the scan. */
    public static final String SCAN = "scan";

    /** The same report of other printers. */
    public DiscoveryReport with(List<FoundPrinter> others) {
        return new DiscoveryReport(networks, addresses, isComplete, took, problems, others, followed);
    }

    /** The same report with printers that were followed. */
    public DiscoveryReport following(List<PrinterId> printerIds) {
        return new DiscoveryReport(networks, addresses, isComplete, took, problems, printers, printerIds);
    }

    /**
     * A printer that a driver recognised, or that announces itself as one.
     *
     * @param evidence of it, one line shown to users, with version or serial number where the printer tells them
     * @param name as announced by the printer; null if it is not
     * @param identity as the driver found it, else as announced
     * @param sources how it was found: {@link #SCAN} or the name of a {@link io.github.printer2mqtt.driver.LanSource}
     * @param isConfirmed whether the driver recognised it; false if it only announces itself
     * @param fingerprint of its certificate, {@code sha256:…}; null without TLS
     * @param registered which registered printer it is, by address or serial number; null if none
     */
    public record FoundPrinter(
            String driver,
            PrinterAddress address,
            String evidence,
            @Nullable String name,
            Identity identity,
            List<String> sources,
            boolean isConfirmed,
            @Nullable String fingerprint,
            @Nullable PrinterId registered) {
        public FoundPrinter {
            sources = List.copyOf(sources);
        }

        /** The same printer, which is registered. */
        public FoundPrinter as(@Nullable PrinterId printer) {
            return new FoundPrinter(
                    driver, address, evidence, name, identity, sources, isConfirmed, fingerprint, printer);
        }
    }
}
