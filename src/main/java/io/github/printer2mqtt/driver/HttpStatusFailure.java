package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.AuthChallenge;
import io.github.printer2mqtt.net.http.PrinterResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Failures for HTTP status codes that mean the same in all protocols. A driver first handles the codes to which its
 * protocol gives a meaning of its own.
 */
public final class HttpStatusFailure {
    /** Of challenges that printers send. */
    private static final Set<String> PRINTER_SCHEMES = Set.of("digest", "apikey");

    private static final String INTERMEDIARY = "something in front of the printer refuses the bridge";

    private HttpStatusFailure() {}

    /** Whether a failure made here blames a proxy, firewall or captive portal, against which other credentials do not help. */
    public static boolean isByIntermediary(PollFailure failure) {
        return failure.detail() != null && failure.detail().startsWith(INTERMEDIARY);
    }

    public static boolean isSuccess(PrinterResponse response) {
        return response.status() >= 200 && response.status() < 300;
    }

    /**
     * The failure of a poll.
     *
     * @param credentialsAdvice shown to the user if the printer rejects the credentials; never contains a secret
     */
    public static PrinterException ofPoll(PrinterResponse response, String credentialsAdvice) {
        String code = "HTTP " + response.status();
        return switch (response.status()) {
            case 401, 403 ->
                isFromIntermediary(response)
                        ? intermediaryRefusal(response)
                        : new PrinterException(FailureReason.AUTH, credentialsAdvice + " (" + code + ")");
            case 407, 511 -> intermediaryRefusal(response); // only proxies and captive portals send these
            case 429 ->
                new PrinterException(FailureReason.BUSY, "the printer limits the rate of requests (" + code + ")");
            case 502, 503, 504 ->
                new PrinterException(
                        FailureReason.DISCONNECTED, "a server answers, but has no printer behind it (" + code + ")");
            default -> new PrinterException(FailureReason.UNREADABLE, "unexpected answer (" + code + ")");
        };
    }

    /**
     * The failure of a command: a {@link CommandRefusedException} if the printer rejected it, otherwise a {@link
     * PrinterException}.
     *
     * @param message of the printer; null if it sent none
     */
    public static RuntimeException ofCommand(
            PrinterResponse response, String credentialsAdvice, @Nullable String message) {
        String text = message == null ? "HTTP " + response.status() : message;
        return switch (response.status()) {
            case 401, 403, 407, 429, 503, 511 -> ofPoll(response, credentialsAdvice);
            // The command may have arrived: proxies send these also after they have forwarded the request.
            case 502, 504 ->
                new PrinterException(
                        FailureReason.UNREADABLE,
                        "a server in front of the printer got no answer from it (HTTP " + response.status() + ")");
            case 409 -> new CommandRefusedException(CommandRefusedException.Reason.STATE, text);
            case 404, 405, 501 -> new CommandRefusedException(CommandRefusedException.Reason.UNSUPPORTED, text);
            default -> new CommandRefusedException(CommandRefusedException.Reason.OTHER, text);
        };
    }

    /**
     * Whether a 401 or 403 comes from a proxy, firewall or captive portal, against which another key does not help. Printers
     * refuse with JSON, plain text, or a challenge of their own schemes; one declares its plain text as HTML.
     */
    private static boolean isFromIntermediary(PrinterResponse response) {
        List<AuthChallenge> challenges = AuthChallenge.in(response.lines("www-authenticate"));
        return challenges.isEmpty()
                ? response.body()
                        .toString(StandardCharsets.UTF_8)
                        .stripLeading()
                        .startsWith("<")
                : challenges.stream().noneMatch(challenge -> PRINTER_SCHEMES.contains(challenge.scheme()));
    }

    private static PrinterException intermediaryRefusal(PrinterResponse response) {
        return new PrinterException(
                FailureReason.AUTH,
                INTERMEDIARY + ", a proxy or a firewall (HTTP " + response.status()
                        + "): let the bridge through, or register the printer's own address");
    }
}
