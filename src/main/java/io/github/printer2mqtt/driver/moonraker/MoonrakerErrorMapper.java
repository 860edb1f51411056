package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import org.jspecify.annotations.Nullable;

/** Moonraker's answer to a command -> why it was not carried out. Pure. */
final class MoonrakerErrorMapper {
    /** What Klipper says of a call that only a section of its configuration brings. Source: {@code klippy/webhooks.py}. */
    private static final String NOT_CONFIGURED = "No registered callback";

    private MoonrakerErrorMapper() {}

    /**
     * A {@link CommandRefusedException} or a {@link PrinterException}; null if the command was carried out.
     *
     * @param credentials what to tell a person when Moonraker refuses our credentials
     */
    static @Nullable RuntimeException of(PrinterResponse answer, String credentials) {
        LenientJson body = LenientJson.ofBody(answer);
        LenientJson error = body.at("error");
        String words = MoonrakerMapper.KlipperText.headline(error.text("message"));
        if (!HttpStatusFailure.isSuccess(answer)) {
            return HttpStatusFailure.refusal(answer, credentials, words);
        }
        if (error.isObject()) {
            return ofCode(error.integer("code"), words, credentials);
        }
        return body.text("result") == null && !body.at("result").isObject()
                ? new PrinterException(FailureReason.UNREADABLE, "the answer has no result")
                : null;
    }

    /** JSON-RPC's own codes for what HTTP has 404 and 401 for; else Moonraker puts the HTTP code there. */
    private static RuntimeException ofCode(@Nullable Integer code, @Nullable String words, String credentials) {
        String message = words == null ? "Moonraker gives no reason" : words;
        return switch (code == null ? 0 : code) {
            case -32601, 404 -> new CommandRefusedException(CommandRefusedException.Cause.UNSUPPORTED, message);
            case -32602 ->
                "Unauthorized".equals(words)
                        ? new PrinterException(FailureReason.AUTH, credentials)
                        : new CommandRefusedException(CommandRefusedException.Cause.OTHER, message);
            case 401, 403 -> new PrinterException(FailureReason.AUTH, credentials);
            case 409 -> new CommandRefusedException(CommandRefusedException.Cause.STATE, message);
            case 503 -> new PrinterException(FailureReason.DISCONNECTED, "Klipper is not connected to Moonraker");
            default ->
                new CommandRefusedException(
                        message.contains(NOT_CONFIGURED)
                                ? CommandRefusedException.Cause.UNSUPPORTED
                                : CommandRefusedException.Cause.OTHER,
                        message);
        };
    }
}
