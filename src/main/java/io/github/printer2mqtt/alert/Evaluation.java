package io.github.printer2mqtt.alert;

import java.time.Duration;
import java.util.function.Supplier;

/** What a rule sees in one status. */
sealed interface Evaluation {
    /**
     * The condition is there.
     *
     * @param subject what exactly it is about; another subject is another condition, whose time begins anew
     * @param message for people, asked for when the alert opens
     * @param openAfter how long it must last until the alert opens; taken when the condition begins
     */
    record Holds(String subject, Supplier<String> message, Duration openAfter) implements Evaluation {}

    /**
     * The condition is not there.
     *
     * @param clearAfter how long that must last until an open alert clears
     */
    record Gone(Duration clearAfter) implements Evaluation {}

    /** The status does not tell: nothing opens and nothing clears. */
    record Unseen() implements Evaluation {}

    /** Gone, and that is certain. */
    static Evaluation gone() {
        return new Gone(Duration.ZERO);
    }

    /** Gone, but perhaps only for a moment. */
    static Evaluation goneForNow() {
        return new Gone(Duration.ofSeconds(10));
    }

    static Evaluation unseen() {
        return new Unseen();
    }
}
