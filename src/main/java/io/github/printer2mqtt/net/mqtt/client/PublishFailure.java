package io.github.printer2mqtt.net.mqtt.client;

/** Why a message was not sent, or a subscription not made. Without a stack trace, since it is used as a value. */
public final class PublishFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** Not connected. */
        NOT_CONNECTED,
        /** The connection was lost before the broker acknowledged; it may have the message. */
        LOST,
        /** Too many messages are unacknowledged; try again after the next acknowledgement. */
        WINDOW_FULL,
        /** Larger than the maximum packet size, of the broker or of this program, and not sent; it would fail again. */
        TOO_LARGE,
        /** Refused by the broker or by the client library; it would fail again. */
        REFUSED;

        /** Whether sending the same message again on this connection would fail again. */
        public boolean isFinal() {
            return this == REFUSED || this == TOO_LARGE;
        }
    }

    private final Kind kind;

    public PublishFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public static PublishFailure notConnected() {
        return new PublishFailure(Kind.NOT_CONNECTED, "not connected");
    }

    public static PublishFailure lost() {
        return new PublishFailure(Kind.LOST, "the connection was lost");
    }

    static PublishFailure refusedByBroker() {
        return new PublishFailure(Kind.REFUSED, "refused by the broker");
    }

    public Kind kind() {
        return kind;
    }
}
