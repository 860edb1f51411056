package io.github.printer2mqtt.registration.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * One stage of a diagnosis.
 *
 * @param ok null if the stage was not checked, because an earlier one failed
 * @param tookMillis of the requests that decided the stage; null if it needed none
 * @param found one line for people; null if the stage was not checked
 * @param advice what to do, one line for people; null if nothing is to be done
 */
public record StageResult(
        DiagnosisStage stage,
        @Nullable Boolean ok,
        @Nullable Long tookMillis,
        @Nullable String found,
        @Nullable String advice) {
    static StageResult notChecked(DiagnosisStage stage) {
        return new StageResult(stage, null, null, null, null);
    }

    static StageResult of(Finding finding, @Nullable Long tookMillis) {
        return new StageResult(finding.stage(), finding.isOk(), tookMillis, finding.text(), finding.advice());
    }
}
