package io.github.printer2mqtt.cli.client;

import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.TerminalText;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running bridge rejected a request. */
public final class BridgeResponseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<String> lines;

    private BridgeResponseException(int status, String code, List<String> lines) {
        super(lines.get(0), null, false, false);
        this.status = status;
        this.code = code;
        this.lines = lines;
    }

    /**
     * @param status the HTTP status
     * @param problem the problem document of RFC 9457
     */
    static BridgeResponseException of(int status, JsonObject problem) {
        List<String> lines = new ArrayList<>();
        for (JsonObject error : TerminalText.objects(problem, "errors")) {
            lines.add(line(error, "unknown error"));
        }
        if (lines.isEmpty()) {
            String line = line(problem, "the bridge answered with HTTP status " + status);
            lines.add(status == 401 ? line + "; give it with --token or PRINTER2MQTT_CLI_TOKEN" : line);
        }
        return new BridgeResponseException(
                status, String.valueOf(TerminalText.text(problem, "code")), List.copyOf(lines));
    }

    public ExitCode exitCode() {
        if (status == 503 || code.equals("driver_not_detected")) {
            return ExitCode.NOT_READY;
        }
        return status >= 400 && status < 500 ? ExitCode.USAGE : ExitCode.FAILURE;
    }

    /** One line per mistake for the user. */
    public List<String> lines() {
        return lines;
    }

    private static String line(JsonObject error, String fallback) {
        @Nullable String field = TerminalText.text(error, "field");
        String detail = TerminalText.text(error, "detail");
        String text = detail == null ? fallback : detail;
        return field == null ? text : field + ": " + text;
    }
}
