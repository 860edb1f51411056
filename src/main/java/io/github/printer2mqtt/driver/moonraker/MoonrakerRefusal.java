package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.CommandRefused;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.StatusCode;
import io.github.printer2mqtt.net.Answer;
import io.github.printer2mqtt.net.PrinterFault;
import io.github.printer2mqtt.printer.MissReason;
import org.jspecify.annotations.Nullable;

/** Moonraker's answer to a command -> why it was not carried out. Pure. */
final class MoonrakerRefusal {
    /** What Klipper says of a call that only a section of its configuration brings. Source: {@code klippy/webhooks.py}. */
    private static final String NOT_CONFIGURED = "No registered callback";

    private MoonrakerRefusal() {}

    /**
     * A {@link CommandRefused} or a {@link PrinterFault}; null if the command was carried out.
     *
     * @param credentials what to tell a person when Moonraker refuses our credentials
     */
    static @Nullable RuntimeException of(Answer answer, String credentials) {
        LenientJson body = LenientJson.ofBody(answer);
        LenientJson error = body.at("error");
        String words = KlipperText.headline(error.text("message"));
        if (!StatusCode.isSuccess(answer)) {
            return StatusCode.refusal(answer, credentials, words);
        }
        if (error.isObject()) {
            return ofCode(error.integer("code"), words, credentials);
        }
        return body.text("result") == null && !body.at("result").isObject()
                ? new PrinterFault(MissReason.UNREADABLE, "the answer has no result")
                : null;
    }

    /** JSON-RPC's own codes for what HTTP has 404 and 401 for; else Moonraker puts the HTTP code there. */
    private static RuntimeException ofCode(@Nullable Integer code, @Nullable String words, String credentials) {
        String message = words == null ? "Moonraker gives no reason" : words;
        return switch (code == null ? 0 : code) {
            case -32601, 404 -> new CommandRefused(CommandRefused.Cause.UNSUPPORTED, message);
            case -32602 ->
                "Unauthorized".equals(words)
                        ? new PrinterFault(MissReason.AUTH, credentials)
                        : new CommandRefused(CommandRefused.Cause.OTHER, message);
            case 401, 403 -> new PrinterFault(MissReason.AUTH, credentials);
            case 409 -> new CommandRefused(CommandRefused.Cause.STATE, message);
            case 503 -> new PrinterFault(MissReason.DISCONNECTED, "Klipper is not connected to Moonraker");
            default ->
                new CommandRefused(
                        message.contains(NOT_CONFIGURED)
                                ? CommandRefused.Cause.UNSUPPORTED
                                : CommandRefused.Cause.OTHER,
                        message);
        };
    }
}
