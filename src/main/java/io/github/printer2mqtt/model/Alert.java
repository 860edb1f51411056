package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.TextSanitizer;
import java.time.Instant;
import java.util.Locale;

/**
 * A condition of a printer that stays open until it clears. Nothing of it changes while it is open.
 *
 * @param printer whose
 * @param code what it is about; a printer has at most one alert of a code
 * @param severity how much it matters
 * @param message one line for people, as it was when the alert opened
 * @param since when the condition was first seen, by the wall clock: before the alert opened where a condition must last
 */
public record Alert(PrinterId printer, AlertCode code, Severity severity, String message, Instant since) {
    private static final int LONGEST_MESSAGE = 256;

    public Alert {
        String cleaned = TextSanitizer.line(message, LONGEST_MESSAGE);
        message = cleaned == null ? code.wireName() : cleaned;
    }

    /** How much an alert matters, the least first. */
    public enum Severity {
        /** Good to know; the printer waits and nothing is lost. */
        INFO,
        /** Somebody should look at it. */
        WARNING,
        /** Somebody must look at it now: the print is lost, or the machine may come to harm. */
        CRITICAL;

        /** The name used in documents. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The severity of a wire name; throws for an unknown one. */
        public static Severity of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * An alert opened or cleared: announced like a {@link Change}, once each and in order for one printer and code.
     *
     * @param turn which way it went
     * @param alert as it opened
     */
    public record Change(Turn turn, Alert alert) {
        /** Which way an alert goes. */
        public enum Turn {
            OPENED,
            /** The condition is over, somebody has acknowledged it, or the printer is disabled or gone. */
            CLEARED
        }

        public static Change opened(Alert alert) {
            return new Change(Turn.OPENED, alert);
        }

        public static Change cleared(Alert alert) {
            return new Change(Turn.CLEARED, alert);
        }
    }
}
