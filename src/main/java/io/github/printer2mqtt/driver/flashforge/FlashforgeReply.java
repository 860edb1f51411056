package io.github.printer2mqtt.driver.flashforge;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.Driver.ProbeResult;
import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import org.jspecify.annotations.Nullable;

/**
 * The code in the body of every response, whose status code is always 200. Source: notes on a Creator 5 Pro 1.9.4 (0, 1, -1) and
 * ff-5mp-hass (-2).
 */
final class FlashforgeReply {
    private static final int SUCCESS = 0;

    /** The text with it is "Access code is different". */
    private static final int WRONG_CODE = 1;

    /** The text with it is "Parameters is error": the serial number of another printer, or invalid arguments. */
    private static final int WRONG_PARAMETERS = -1;

    private static final int LAN_MODE_OFF = -2;

    private static final String ADVICE = "the printer refuses the serial number or the check code";

    private FlashforgeReply() {}

    /**
     * The status in a response to {@code /detail}.
     *
     * @throws PrinterException if there is none
     */
    static LenientJson detail(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofPoll(response, ADVICE);
        }
        LenientJson body = LenientJson.of(response.json());
        Integer code = body.integer("code");
        if (code == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no code");
        }
        PrinterException refusal = refusal(code);
        if (refusal != null) {
            throw refusal;
        }
        LenientJson detail = body.at("detail");
        if (code != SUCCESS || !detail.isObject()) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no status (code " + code + ")");
        }
        return detail;
    }

    /** Null if the code does not refuse access. */
    private static @Nullable PrinterException refusal(int code) {
        return switch (code) {
            case WRONG_CODE ->
                new PrinterException(FailureReason.AUTH, "the printer refuses the check code (code " + code + ")");
            case WRONG_PARAMETERS ->
                new PrinterException(FailureReason.AUTH, "the printer refuses the serial number (code " + code + ")");
            case LAN_MODE_OFF ->
                new PrinterException(
                        FailureReason.AUTH,
                        "LAN mode is off: switch it on in the network settings of the printer (code " + code + ")");
            default -> null;
        };
    }

    /**
     * Checks the response to a command. Success says only that it was received.
     *
     * @throws RuntimeException as {@link io.github.printer2mqtt.driver.PrinterSession#execute} may
     */
    static void checkCommand(PrinterResponse response) {
        LenientJson body = LenientJson.ofBody(response);
        String message = body.text("message");
        if (!HttpStatusFailure.isSuccess(response)) {
            throw HttpStatusFailure.ofCommand(response, ADVICE, message);
        }
        Integer code = body.integer("code");
        if (code == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no code");
        }
        if (code == WRONG_CODE || code == LAN_MODE_OFF) {
            throw new PrinterException(FailureReason.AUTH, ADVICE + " (code " + code + ")");
        }
        if (code != SUCCESS) {
            throw new CommandRefusedException(
                    CommandRefusedException.Reason.OTHER,
                    "the printer refuses the command: " + (message == null ? "code " + code : message));
        }
    }

    /** Of a request without credentials, which the printer refuses in its own words. */
    static ProbeResult recognise(PrinterResponse response) {
        LenientJson body = LenientJson.ofBody(response);
        Integer code = body.integer("code");
        boolean isSuccess = HttpStatusFailure.isSuccess(response);
        if (isSuccess && code != null && code == LAN_MODE_OFF) {
            return ProbeResult.match("FlashForge printer, its LAN mode is off");
        }
        boolean isRefusal =
                code != null && (code == WRONG_CODE || code == WRONG_PARAMETERS) && body.text("message") != null;
        boolean isOpen = code != null && code == SUCCESS && body.at("detail").isObject();
        return isSuccess && (isRefusal || isOpen)
                ? ProbeResult.match("FlashForge printer, requires serial number and check code")
                : ProbeResult.noMatch("no FlashForge printer (HTTP " + response.status() + ")");
    }
}
