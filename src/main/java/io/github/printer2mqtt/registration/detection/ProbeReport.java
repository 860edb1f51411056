package io.github.printer2mqtt.registration.detection;

import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying an address.
 *
 * @param driver the id of the driver that recognised the printer; null if none did
 * @param address at which it answers; null if none did
 * @param evidence what it said, for example {@code OctoPrint 1.11.8}; null if none did
 * @param reading what it is doing; null if it could not be read
 * @param miss why it could not be read; null if it could
 * @param fingerprint of its certificate, {@code sha256:…}; null without TLS
 * @param attempts what each address said, in the order they were tried
 */
public record ProbeReport(
        @Nullable String driver,
        @Nullable PrinterAddress address,
        @Nullable String evidence,
        @Nullable Reading reading,
        @Nullable PollFailure miss,
        @Nullable String fingerprint,
        List<Attempt> attempts) {
    /**
     * One address that was tried.
     *
     * @param address where
     * @param said what came of it, one line for people
     */
    public record Attempt(PrinterAddress address, String said) {}
}
