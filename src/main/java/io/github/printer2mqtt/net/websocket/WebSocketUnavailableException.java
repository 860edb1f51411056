package io.github.printer2mqtt.net.websocket;

/**
 * There is no web socket to have, but an HTTP request may succeed: the server answers with another status than 101, because
 * it has no web socket at this path or a proxy does not forward it, or the bridge has too few open files to keep a connection
 * to every printer. The message is one line for users. Has no stack trace.
 */
public final class WebSocketUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private WebSocketUnavailableException(String message) {
        super(message, null, false, false);
    }

    /** @param status of the answer */
    public static WebSocketUnavailableException refused(int status) {
        return new WebSocketUnavailableException("the web socket is refused (HTTP " + status + ")");
    }

    /** @param why the server does not serve the bridge over its web socket, in one line without a secret */
    public static WebSocketUnavailableException withoutLogin(String why) {
        return new WebSocketUnavailableException("the web socket is of no use without a login: " + why);
    }

    public static WebSocketUnavailableException tooFewFiles() {
        return new WebSocketUnavailableException("the bridge may open too few files for a web socket to each printer");
    }
}
