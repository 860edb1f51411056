package io.github.printer2mqtt.text;

/**
 * An invalid value from a user. The message says in one line what was found and what is expected; the caller adds the name
 * of the field.
 */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
