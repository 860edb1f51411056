package io.github.printer2mqtt.net.websocket;

import org.jspecify.annotations.Nullable;

/**
 * There is no web socket to have, but an HTTP request may succeed: the server answers with another status than 101, because
 * it has no web socket at this path or a proxy does not forward it, or the bridge has too few open files to keep a connection
 * to every printer. The message is one line for users. Has no stack trace.
 */
public final class WebSocketUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Integer status;

    private WebSocketUnavailableException(String message, @Nullable Integer status) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status of the refusal; null if the server did not refuse it. */
    public @Nullable Integer status() {
        return status;
    }

    /** @param status of the answer */
    public static WebSocketUnavailableException refused(int status) {
        return new WebSocketUnavailableException("the web socket is refused (HTTP " + status + ")", status);
    }

    /** @param why the server does not serve the bridge over its web socket, in one line without a secret */
    public static WebSocketUnavailableException withoutLogin(String why) {
        return new WebSocketUnavailableException("the web socket is of no use without a login: " + why, null);
    }

    public static WebSocketUnavailableException tooFewFiles() {
        return new WebSocketUnavailableException(
                "the bridge may open too few files for a web socket to each printer", null);
    }
}
