package io.github.printer2mqtt.printer;

/**
 * An alert opened or cleared: announced like a {@link Change}, once each and in order for one printer and code.
 *
 * @param turn which way it went
 * @param alert as it opened
 */
public record AlertChange(Turn turn, Alert alert) {
    /** Which way an alert goes. */
    public enum Turn {
        OPENED,
        /** The condition is over, somebody has acknowledged it, or the printer is disabled or gone. */
        CLEARED
    }

    public static AlertChange opened(Alert alert) {
        return new AlertChange(Turn.OPENED, alert);
    }

    public static AlertChange cleared(Alert alert) {
        return new AlertChange(Turn.CLEARED, alert);
    }
}
