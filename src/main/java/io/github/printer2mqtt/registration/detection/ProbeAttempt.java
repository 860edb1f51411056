package io.github.printer2mqtt.registration.detection;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.registration.detection.ProbeReport.Attempt;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of knocking at one address.
 *
 * @param address where
 * @param said what came of it, one line for people
 * @param match who recognised the printer; null if nobody did
 * @param certificate the fingerprint of the certificate there; null without TLS, or if it showed none
 */
public record ProbeAttempt(
        PrinterAddress address,
        String said,
        @Nullable Match match,
        @Nullable String certificate) {
    /**
     * A driver that recognised the printer.
     *
     * @param driver which
     * @param rank 0 for the most trusted
     * @param address where
     * @param evidence what the printer said
     */
    public record Match(Driver driver, int rank, PrinterAddress address, String evidence) {}

    static ProbeAttempt refused(PrinterAddress address, String why) {
        return new ProbeAttempt(address, why, null, null);
    }

    public static List<Attempt> attempts(List<ProbeAttempt> knocks) {
        return knocks.stream()
                .map(knock -> new Attempt(knock.address(), knock.said()))
                .toList();
    }

    /** The most trusted match; of equal ones the first. */
    public static Optional<Match> best(List<ProbeAttempt> knocks) {
        Match best = null;
        for (ProbeAttempt knock : knocks) {
            Match match = knock.match();
            if (match != null && (best == null || match.rank() < best.rank())) {
                best = match;
            }
        }
        return Optional.ofNullable(best);
    }
}
