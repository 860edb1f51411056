package io.github.printer2mqtt.registration.diagnosis;

import io.github.printer2mqtt.text.TextSanitizer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a stage found, for people. Never contains a secret.
 *
 * @param stage which it decides
 * @param isOk whether the stage passed
 * @param text what was found, one line
 * @param advice what to do, one line; null if nothing is to be done
 */
record Finding(
        DiagnosisStage stage,
        boolean isOk,
        String text,
        @Nullable String advice) {
    private static final int MAX_LENGTH = 500;

    Finding {
        text = Objects.requireNonNullElse(TextSanitizer.line(text, MAX_LENGTH), "nothing");
        advice = TextSanitizer.line(advice, MAX_LENGTH);
    }

    static Finding passed(DiagnosisStage stage, String text) {
        return new Finding(stage, true, text, null);
    }

    static Finding failed(DiagnosisStage stage, String text, String advice) {
        return new Finding(stage, false, text, advice);
    }
}
