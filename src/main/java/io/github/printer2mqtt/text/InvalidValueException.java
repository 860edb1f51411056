package io.github.printer2mqtt.text;

/**
 * A text from a user that does not fit its grammar. The message says what was found and what is expected, in one line,
 * without the name of the field: whoever parses a document adds where it stood.
 */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
