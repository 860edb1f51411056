package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;

/**
 * Nonces of PrusaLink for Raspberry Pi: derived from the minute and the User-Agent, so valid for 60 to 120 s and one
 * client. Thread-safe.
 */
final class PiNonces implements Nonces {
    private static final int WINDOW_SECONDS = 60;

    private final String salt;
    private final SimulatedPrinter printer;

    PiNonces(String salt, SimulatedPrinter printer) {
        this.salt = salt;
        this.printer = printer;
    }

    @Override
    public String issue(SimulatedRequest request) {
        return nonce(window(), request);
    }

    @Override
    public NonceValidity check(String nonce, SimulatedRequest request) {
        long now = window();
        boolean good = nonce.equals(nonce(now, request)) || nonce.equals(nonce(now - 1, request));
        return good ? NonceValidity.GOOD : NonceValidity.STALE;
    }

    private long window() {
        return printer.view().uptime().toSeconds() / WINDOW_SECONDS;
    }

    private String nonce(long window, SimulatedRequest request) {
        String seed = salt + '|' + window + '|' + request.header("user-agent");
        return DigestAuthorization.Md5.hex(seed) + DigestAuthorization.Md5.hex('+' + seed);
    }
}
