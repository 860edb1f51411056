package io.github.printer2mqtt.simulator.protocol;

/** A simulated server rejects a request. */
final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String text;

    /** @param code the HTTP status or the code of JSON-RPC */
    RejectedException(int code, String text) {
        super(code + " " + text, null, false, false);
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }
}
