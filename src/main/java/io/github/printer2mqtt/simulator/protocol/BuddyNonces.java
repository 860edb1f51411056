package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Nonces of Prusa's firmware: eight hex digits drawn at power-on and eight for the second of issue, valid for 300 s and
 * any number of requests. Thread-safe.
 */
final class BuddyNonces {
    /** The result of checking a nonce. */
    enum NonceValidity {
        GOOD,
        STALE,
        UNKNOWN
    }

    private static final Duration VALID = Duration.ofMinutes(5);

    private final String drawn;
    private final SimulatedPrinter printer;

    BuddyNonces(int drawn, SimulatedPrinter printer) {
        this.drawn = hex(drawn);
        this.printer = printer;
    }

    /** The nonce for a new challenge. */
    String issue() {
        return drawn + hex((int) seconds());
    }

    NonceValidity check(String nonce) {
        if (nonce.length() != 16 || !nonce.startsWith(drawn)) {
            return NonceValidity.UNKNOWN;
        }
        try {
            long age = seconds() - Integer.parseUnsignedInt(nonce.substring(8), 16);
            return age < 0
                    ? NonceValidity.UNKNOWN
                    : age <= VALID.toSeconds() ? NonceValidity.GOOD : NonceValidity.STALE;
        } catch (NumberFormatException e) {
            return NonceValidity.UNKNOWN;
        }
    }

    private long seconds() {
        return printer.view().uptime().toSeconds();
    }

    private static String hex(int number) {
        return HexFormat.of().toHexDigits(number);
    }
}
