package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import org.jspecify.annotations.Nullable;

/** Moonraker's response to a command -> failure. Pure. */
final class MoonrakerErrorMapper {
    /** Klipper lacks the section of the configuration that registers the call. Source: {@code klippy/webhooks.py}. */
    private static final String NOT_CONFIGURED = "No registered callback";

    private MoonrakerErrorMapper() {}

    /**
     * A {@link CommandRefusedException} or a {@link PrinterException}; null if the command was carried out.
     *
     * @param credentialsAdvice shown to the user if Moonraker rejects the credentials
     */
    static @Nullable RuntimeException of(PrinterResponse response, String credentialsAdvice) {
        LenientJson body = LenientJson.ofBody(response);
        LenientJson error = body.at("error");
        String message = MoonrakerMapper.KlipperText.headline(error.text("message"));
        if (!HttpStatusFailure.isSuccess(response)) {
            return HttpStatusFailure.ofCommand(response, credentialsAdvice, message);
        }
        if (error.isObject()) {
            return ofCode(error.integer("code"), message, credentialsAdvice);
        }
        return body.text("result") == null && !body.at("result").isObject()
                ? new PrinterException(FailureReason.UNREADABLE, "the answer has no result")
                : null;
    }

    /** Moonraker uses HTTP status codes, except where JSON-RPC has its own for 404 and 401. */
    private static RuntimeException ofCode(@Nullable Integer code, @Nullable String message, String credentialsAdvice) {
        String text = message == null ? "Moonraker gave no reason" : message;
        return switch (code == null ? 0 : code) {
            case -32601, 404 -> new CommandRefusedException(CommandRefusedException.Reason.UNSUPPORTED, text);
            case -32602 ->
                "Unauthorized".equals(message)
                        ? new PrinterException(FailureReason.AUTH, credentialsAdvice)
                        : new CommandRefusedException(CommandRefusedException.Reason.OTHER, text);
            case 401, 403 -> new PrinterException(FailureReason.AUTH, credentialsAdvice);
            case 409 -> new CommandRefusedException(CommandRefusedException.Reason.STATE, text);
            case 503 -> new PrinterException(FailureReason.DISCONNECTED, "Klipper is not connected to Moonraker");
            default ->
                new CommandRefusedException(
                        text.contains(NOT_CONFIGURED)
                                ? CommandRefusedException.Reason.UNSUPPORTED
                                : CommandRefusedException.Reason.OTHER,
                        text);
        };
    }
}
