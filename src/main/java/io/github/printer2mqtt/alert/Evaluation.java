package io.github.printer2mqtt.alert;

import java.time.Duration;
import java.util.function.Supplier;

/** What a rule concludes from one status. */
sealed interface Evaluation {
    Evaluation UNKNOWN = new Unknown();
    Evaluation CLEARED = new Cleared(Duration.ZERO);
    /** Perhaps only for a moment. */
    Evaluation CLEARED_FOR_NOW = new Cleared(Duration.ofSeconds(10));

    /**
     * The condition is true.
     *
     * @param subject what exactly the condition concerns; another subject is another condition, whose time starts again
     * @param message created when the alert opens
     * @param openAfter how long the condition must last until the alert opens; fixed when it starts
     */
    record Active(String subject, Supplier<String> message, Duration openAfter) implements Evaluation {}

    /**
     * The condition is false.
     *
     * @param clearAfter how long this must last until an open alert clears
     */
    record Cleared(Duration clearAfter) implements Evaluation {}

    /** The status is inconclusive: nothing opens and nothing clears. */
    record Unknown() implements Evaluation {}
}
