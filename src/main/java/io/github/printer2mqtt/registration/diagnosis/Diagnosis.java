package io.github.printer2mqtt.registration.diagnosis;

import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.Printer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a printer can be read or not.
 *
 * @param printer as it was registered at that time
 * @param at when it began
 * @param tookMillis all stages together
 * @param stages all of them, in their order
 * @param evidence by which the driver recognised the server; null if it did not
 * @param answer what the server answered when it was probed; null if it was not probed
 * @param poll the result of the poll; the failure that stopped the diagnosis before if there was none
 * @param certificate the fingerprint of the server's certificate; null if it presented none
 */
public record Diagnosis(
        Printer printer,
        Instant at,
        long tookMillis,
        List<StageResult> stages,
        @Nullable String evidence,
        @Nullable String answer,
        @Nullable PollResult poll,
        @Nullable String certificate) {
    public Diagnosis {
        stages = List.copyOf(stages);
    }

    /** The stage that failed; null if all passed. */
    public @Nullable StageResult failedStage() {
        for (StageResult result : stages) {
            if (Boolean.FALSE.equals(result.ok())) {
                return result;
            }
        }
        return null;
    }
}
