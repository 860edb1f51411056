package io.github.printer2mqtt.command;

/** An argument that does not fit its command. The message is one line: what was found and what is expected. */
public final class InvalidArgumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidArgumentException(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** The name of the argument. */
    public String field() {
        return field;
    }
}
