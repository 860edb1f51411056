package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.driver.LenientJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges what a printer sends: a value replaces the one before, also an object; what is absent is unchanged. Spools are kept apart in
 * {@link SpoolBoxes}. Not thread-safe.
 */
final class CrealityMerger {
    /** Only what is read is kept: a printer has 76 keys and more, and may send new ones for ever. */
    private static final Set<String> KEPT = Set.of(
            "model",
            "modelVersion",
            "state",
            "deviceState",
            "err",
            "withSelfTest",
            "printFileName",
            "printProgress",
            "printJobTime",
            "printLeftTime",
            "layer",
            "TotalLayer",
            "nozzleTemp",
            "targetNozzleTemp",
            "bedTemp0",
            "targetBedTemp0",
            "boxTemp",
            "targetBoxTemp",
            "maxBoxTemp",
            "curFeedratePct",
            "modelFanPct",
            "lightSw",
            "materialStatus",
            "feedState",
            "upgradeStatus",
            "repoPlrStatus",
            "cfsConnect");

    /** Of a text; paths of files are shorter. */
    private static final int MAX_TEXT = 1024;

    private final Map<String, Object> merged = new LinkedHashMap<>();
    private final SpoolBoxes boxes = new SpoolBoxes();

    CrealityReport report() {
        return new CrealityReport(LenientJson.of(merged));
    }

    SpoolBoxes boxes() {
        return boxes;
    }

    void merge(Map<String, Object> message) {
        message.forEach((name, value) -> {
            if (KEPT.contains(name)) {
                put(name, value);
            }
        });
        boxes.merge(LenientJson.of(message));
    }

    private void put(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> && name.equals("err")) {
            LenientJson error = LenientJson.of(Map.of(name, value));
            Integer code = new CrealityReport(error).integer("err", "errcode");
            merged.put(name, code == null ? Map.of() : Map.of("errcode", code));
        } else if (value instanceof Number || (value instanceof String text && text.length() <= MAX_TEXT)) {
            merged.put(name, value);
        } else {
            merged.remove(name);
        }
    }
}
