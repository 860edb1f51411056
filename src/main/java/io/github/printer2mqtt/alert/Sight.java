package io.github.printer2mqtt.alert;

import java.time.Duration;
import java.util.function.Supplier;

/** What a rule sees in one status. */
sealed interface Sight {
    /**
     * The condition is there.
     *
     * @param subject what exactly it is about; another subject is another condition, whose time begins anew
     * @param message for people, asked for when the alert opens
     * @param openAfter how long it must last until the alert opens; taken when the condition begins
     */
    record Holds(String subject, Supplier<String> message, Duration openAfter) implements Sight {}

    /**
     * The condition is not there.
     *
     * @param clearAfter how long that must last until an open alert clears
     */
    record Gone(Duration clearAfter) implements Sight {}

    /** The status does not tell: nothing opens and nothing clears. */
    record Unseen() implements Sight {}

    /** Gone, and that is certain. */
    static Sight gone() {
        return new Gone(Duration.ZERO);
    }

    /** Gone, but perhaps only for a moment. */
    static Sight goneForNow() {
        return new Gone(Duration.ofSeconds(10));
    }

    static Sight unseen() {
        return new Unseen();
    }
}
