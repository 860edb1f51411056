package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.TextSanitizer;
import io.github.printer2mqtt.text.WireConstant;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a printer that stays open until it clears. An open alert never changes.
 *
 * @param site the name of the site whose bridge opened it; null for a printer of this bridge
 * @param code a printer has at most one alert of a code
 * @param message one line for people, fixed when the alert opened
 * @param since when the condition was first seen, by the wall clock, which may be long before the alert opened
 */
public record Alert(
        @Nullable String site, PrinterId printer, AlertCode code, Severity severity, String message, Instant since) {
    private static final int MAX_MESSAGE_LENGTH = 256;

    /** Of a printer of this bridge. */
    public Alert(PrinterId printer, AlertCode code, Severity severity, String message, Instant since) {
        this(null, printer, code, severity, message, since);
    }

    public Alert {
        String cleaned = TextSanitizer.line(message, MAX_MESSAGE_LENGTH);
        message = cleaned == null ? code.wireName() : cleaned;
    }

    /** The printer, among those of all sites. */
    public PrinterKey key() {
        return new PrinterKey(site, printer);
    }

    /** Least severe first. */
    public enum Severity implements WireConstant {
        /** For information; nothing is lost. */
        INFO,
        /** Needs attention. */
        WARNING,
        /** Needs attention now: the print is lost or the printer may be damaged. */
        CRITICAL;

        /** The severity of a wire name; throws for an unknown one. */
        public static Severity of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * An alert opened or cleared; announced once each, in order for one printer and code.
     *
     * @param alert as it opened
     */
    public record Change(Kind kind, Alert alert) {
        public enum Kind {
            OPENED,
            /** The condition is false, the alert was acknowledged, or the printer was disabled or removed. */
            CLEARED
        }

        public static Change opened(Alert alert) {
            return new Change(Kind.OPENED, alert);
        }

        public static Change cleared(Alert alert) {
            return new Change(Kind.CLEARED, alert);
        }
    }
}
