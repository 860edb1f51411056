package io.github.printer2mqtt.net.mqtt;

/** Why a message or a subscription was not taken. Carries no stack trace, since it is a value. */
public final class PublishFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of failure. */
    public enum Kind {
        /** There is no connection now. */
        NOT_CONNECTED,
        /** The connection went away before the broker acknowledged; it may have the message. */
        LOST,
        /** Too many messages are unacknowledged: try again after the next acknowledgement. */
        WINDOW_FULL,
        /** Larger than the largest packet the broker takes: it was not sent, and trying again is no use. */
        TOO_LARGE,
        /** The broker, or the library before it, refuses this message: trying again is no use. */
        REFUSED;

        /** Whether the same message would meet the same fate on this connection. */
        public boolean isFinal() {
            return this == REFUSED || this == TOO_LARGE;
        }
    }

    private final Kind kind;

    public PublishFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
