package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterResponse;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP status code that is no success means, as far as all protocols agree. A driver first looks at the codes to
 * which its protocol gives a meaning of its own.
 */
public final class HttpStatusFailure {
    private HttpStatusFailure() {}

    public static boolean isSuccess(PrinterResponse answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    /**
     * Why there is no reading.
     *
     * @param credentials what to tell a person when the printer refuses our credentials; never a secret
     */
    public static PrinterException fault(PrinterResponse answer, String credentials) {
        String code = "HTTP " + answer.status();
        return switch (answer.status()) {
            case 401, 403 ->
                IntermediaryRefusal.isForeign(answer)
                        ? IntermediaryRefusal.fault(answer)
                        : new PrinterException(FailureReason.AUTH, credentials + " (" + code + ")");
            case 407, 511 -> IntermediaryRefusal.fault(answer); // a proxy's own, and a captive portal's
            case 429 -> new PrinterException(FailureReason.BUSY, "asked to come less often (" + code + ")");
            case 502, 503, 504 ->
                new PrinterException(
                        FailureReason.DISCONNECTED, "a server answers, but has no printer behind it (" + code + ")");
            default -> new PrinterException(FailureReason.UNREADABLE, "unexpected answer (" + code + ")");
        };
    }

    /**
     * Why a command was not carried out: a {@link CommandRefusedException}, or a {@link PrinterException} where nobody understood it.
     *
     * @param words the printer's own; null if it gave none
     */
    public static RuntimeException refusal(PrinterResponse answer, String credentials, @Nullable String words) {
        String message = words == null ? "HTTP " + answer.status() : words;
        return switch (answer.status()) {
            case 401, 403, 407, 429, 503, 511 -> fault(answer, credentials);
            // Also what a proxy says when it sent the request on and the connection broke or no answer came in time.
            case 502, 504 ->
                new PrinterException(
                        FailureReason.UNREADABLE,
                        "a server in front of the printer got no answer from it (HTTP " + answer.status() + ")");
            case 409 -> new CommandRefusedException(CommandRefusedException.Cause.STATE, message);
            case 404, 405, 501 -> new CommandRefusedException(CommandRefusedException.Cause.UNSUPPORTED, message);
            default -> new CommandRefusedException(CommandRefusedException.Cause.OTHER, message);
        };
    }
}
