package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.net.Answer;
import io.github.printer2mqtt.net.PrinterFault;
import io.github.printer2mqtt.printer.MissReason;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP status code that is no success means, as far as all protocols agree. A driver first looks at the codes to
 * which its protocol gives a meaning of its own.
 */
public final class StatusCode {
    private StatusCode() {}

    public static boolean isSuccess(Answer answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    /**
     * Why there is no reading.
     *
     * @param credentials what to tell a person when the printer refuses our credentials; never a secret
     */
    public static PrinterFault fault(Answer answer, String credentials) {
        String code = "HTTP " + answer.status();
        return switch (answer.status()) {
            case 401, 403 ->
                ForeignRefusal.isForeign(answer)
                        ? ForeignRefusal.fault(answer)
                        : new PrinterFault(MissReason.AUTH, credentials + " (" + code + ")");
            case 407, 511 -> ForeignRefusal.fault(answer); // a proxy's own, and a captive portal's
            case 429 -> new PrinterFault(MissReason.BUSY, "asked to come less often (" + code + ")");
            case 502, 503, 504 ->
                new PrinterFault(
                        MissReason.DISCONNECTED, "a server answers, but has no printer behind it (" + code + ")");
            default -> new PrinterFault(MissReason.UNREADABLE, "unexpected answer (" + code + ")");
        };
    }

    /**
     * Why a command was not carried out: a {@link CommandRefused}, or a {@link PrinterFault} where nobody understood it.
     *
     * @param words the printer's own; null if it gave none
     */
    public static RuntimeException refusal(Answer answer, String credentials, @Nullable String words) {
        String message = words == null ? "HTTP " + answer.status() : words;
        return switch (answer.status()) {
            case 401, 403, 407, 429, 503, 511 -> fault(answer, credentials);
            // Also what a proxy says when it sent the request on and the connection broke or no answer came in time.
            case 502, 504 ->
                new PrinterFault(
                        MissReason.UNREADABLE,
                        "a server in front of the printer got no answer from it (HTTP " + answer.status() + ")");
            case 409 -> new CommandRefused(CommandRefused.Cause.STATE, message);
            case 404, 405, 501 -> new CommandRefused(CommandRefused.Cause.UNSUPPORTED, message);
            default -> new CommandRefused(CommandRefused.Cause.OTHER, message);
        };
    }
}
