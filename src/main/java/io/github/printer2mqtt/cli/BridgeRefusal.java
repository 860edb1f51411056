package io.github.printer2mqtt.cli;

import org.jspecify.annotations.Nullable;

/** The running bridge answered a request with a problem. */
final class BridgeRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;

    /**
     * @param status of HTTP
     * @param code the stable code of the problem
     * @param field the path of the wrong field; null if it is about none
     * @param detail one line for people
     */
    BridgeRefusal(int status, String code, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    ExitCode exitCode() {
        if (status == 503 || code.equals("driver_not_detected")) {
            return ExitCode.NOT_READY;
        }
        return status >= 400 && status < 500 ? ExitCode.USAGE : ExitCode.FAILURE;
    }

    /** What the user is told. */
    String line() {
        String said = field == null ? getMessage() : field + ": " + getMessage();
        return status == 401 ? said + "; give it with --token or PRINTER2MQTT_CLI_TOKEN" : String.valueOf(said);
    }
}
