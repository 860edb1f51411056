package io.github.printer2mqtt.command;

/** An invalid argument of a command. The message is one line that says what was found and what is expected. */
public final class InvalidArgumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidArgumentException(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
