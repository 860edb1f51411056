package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.AuthChallenge;
import io.github.printer2mqtt.net.http.PrinterResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Tells a refusal by something in front of the printer (proxy, firewall, captive portal) from one by the printer's own
 * server: another key does not help against the first. Printers' servers refuse with JSON, with plain text, or with a
 * challenge of a scheme that they know. Pure.
 */
final class IntermediaryRefusal {
    private static final Set<String> SCHEMES_OF_PRINTERS = Set.of("digest", "apikey");

    private IntermediaryRefusal() {}

    /** Whether an answer with 401 or 403 comes from something in front of the printer. */
    static boolean isFromIntermediary(PrinterResponse response) {
        List<AuthChallenge> challenges = AuthChallenge.in(response.lines("www-authenticate"));
        return challenges.isEmpty()
                ? isMarkup(response)
                : challenges.stream().noneMatch(challenge -> SCHEMES_OF_PRINTERS.contains(challenge.scheme()));
    }

    /** Only markup counts: one printer's server calls its plain text HTML. */
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
