package io.github.printer2mqtt.registration.detection;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.Driver.Identity;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.PrinterAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of probing one address.
 *
 * @param answer the evidence of the match, or why there is none; one line shown to users
 * @param match the driver that recognised the printer; null if none did
 * @param certificate the fingerprint of the server's certificate; null without TLS, or if it presented none
 * @param failure why no driver got a response; null if one did
 * @param identity of the printer as far as the match tells it
 */
public record ProbeAttempt(
        PrinterAddress address,
        String answer,
        @Nullable Driver match,
        @Nullable String certificate,
        @Nullable FailureReason failure,
        Identity identity) {
    /** Of a printer that is not known. */
    public ProbeAttempt(
            PrinterAddress address,
            String answer,
            @Nullable Driver match,
            @Nullable String certificate,
            @Nullable FailureReason failure) {
        this(address, answer, match, certificate, failure, Identity.UNKNOWN);
    }

    static ProbeAttempt refused(PrinterAddress address, String reason) {
        return new ProbeAttempt(address, reason, null, null, FailureReason.UNREACHABLE);
    }

    /** The address most likely to be the printer's if no driver recognised it: one that responded, else one that is near to it. */
    public static Optional<ProbeAttempt> mostPromising(List<ProbeAttempt> attempts) {
        return attempts.stream()
                .min(Comparator.comparingInt(attempt -> attempt.failure == null
                        ? 0
                        : switch (attempt.failure) {
                            case TLS -> 1;
                            case REFUSED -> 2;
                            case UNREACHABLE -> 4;
                            default -> 3;
                        }));
    }

    /** The match with the lowest {@link Driver#precedence}; of equal ones the first. */
    public static Optional<ProbeAttempt> best(List<ProbeAttempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.match != null)
                .min(Comparator.comparingInt(attempt -> attempt.match == null ? 0 : attempt.match.precedence()));
    }
}
