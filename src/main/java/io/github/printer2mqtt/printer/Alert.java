package io.github.printer2mqtt.printer;

import java.time.Instant;

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
        message = cleaned == null ? code.word() : cleaned;
    }
}
