package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.AuthChallenge;
import io.github.printer2mqtt.net.http.PrinterResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Distinguishes a refusal by a proxy, firewall or captive portal, against which another key does not help, from one by the
 * printer, which sends JSON, plain text, or a challenge of a scheme that printers use.
 */
final class IntermediaryRefusal {
    private static final Set<String> SCHEMES_OF_PRINTERS = Set.of("digest", "apikey");

    private IntermediaryRefusal() {}

    /** Whether a response with 401 or 403 comes from an intermediary. */
    static boolean isFromIntermediary(PrinterResponse response) {
        List<AuthChallenge> challenges = AuthChallenge.in(response.lines("www-authenticate"));
        return challenges.isEmpty()
                ? isMarkup(response)
                : challenges.stream().noneMatch(challenge -> SCHEMES_OF_PRINTERS.contains(challenge.scheme()));
    }

    /** The media type is no evidence: one printer declares its plain text as HTML. */
    private static boolean isMarkup(PrinterResponse response) {
        return response.body().toString(StandardCharsets.UTF_8).stripLeading().startsWith("<");
    }

    static PrinterException ofPoll(PrinterResponse response) {
        return new PrinterException(
                FailureReason.AUTH,
                "something in front of the printer refuses the bridge, a proxy or a firewall (HTTP " + response.status()
                        + "): let the bridge through, or register the printer's own address");
    }
}
