package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a probe.
 *
 * @param driver the id of the driver that recognised the printer; null if none did
 * @param address at which it answers; null if no driver recognised it
 * @param evidence for example {@code OctoPrint 1.11.8}; null if no driver recognised it
 * @param reading null if the printer was not polled or the poll failed
 * @param failure of the poll; null if it succeeded or there was none
 * @param fingerprint of the printer's certificate, {@code sha256:…}; null without TLS
 * @param attempts one per address, in the order in which they were tried
 * @param stages of the diagnosis of the address, or of the most promising one where no driver recognised the printer
 */
public record ProbeReport(
        @Nullable String driver,
        @Nullable PrinterAddress address,
        @Nullable String evidence,
        @Nullable Reading reading,
        @Nullable PollFailure failure,
        @Nullable String fingerprint,
        List<ProbeAttempt> attempts,
        List<StageResult> stages) {}
