package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.moonraker.MoonrakerMapper.KlipperText;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import org.jspecify.annotations.Nullable;

/** Moonraker's response to a command -> failure. Pure. */
final class MoonrakerErrorMapper {
    /** Klipper lacks the section of the configuration that registers the call. Source: {@code klippy/webhooks.py}. */
    private static final String NOT_CONFIGURED = "No registered callback";

    static final String NO_KLIPPY = "Klipper is not connected to Moonraker";

    private MoonrakerErrorMapper() {}

    /**
     * A {@link CommandRefusedException} or a {@link PrinterException}; null if the command was carried out.
     *
     * @param credentialsAdvice shown to the user if Moonraker rejects the credentials
     */
    static @Nullable RuntimeException of(PrinterResponse response, String credentialsAdvice) {
        LenientJson body = LenientJson.ofBody(response);
        LenientJson error = body.at("error");
        String message = KlipperText.headline(error.text("message"));
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

    /**
     * The failure of a reading over the web socket.
     *
     * @param error of JSON-RPC
     */
    static PrinterException ofReading(LenientJson error, String credentialsAdvice) {
        Integer code = error.integer("code");
        String message = KlipperText.headline(error.text("message"));
        if (isUnauthorized(error)) {
            return new PrinterException(FailureReason.AUTH, credentialsAdvice);
        }
        // Until Klippy has connected once, Moonraker does not know its methods.
        boolean hasNoKlippy = code != null && (code == 503 || code == 404 || code == -32601);
        return hasNoKlippy
                ? new PrinterException(FailureReason.DISCONNECTED, NO_KLIPPY)
                : new PrinterException(FailureReason.UNREADABLE, "Moonraker reports an error: " + message);
    }

    /** JSON-RPC has no code for it, so Moonraker uses that for invalid parameters. */
    static boolean isUnauthorized(LenientJson error) {
        Integer code = error.integer("code");
        String message = error.text("message");
        boolean isRefusal = message != null && (message.contains("Unauthorized") || message.contains("API Key"));
        return code != null && (code == 401 || code == 403 || (code == -32602 && isRefusal));
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
            case 503 -> new PrinterException(FailureReason.DISCONNECTED, NO_KLIPPY);
            default ->
                new CommandRefusedException(
                        text.contains(NOT_CONFIGURED)
                                ? CommandRefusedException.Reason.UNSUPPORTED
                                : CommandRefusedException.Reason.OTHER,
                        text);
        };
    }
}
