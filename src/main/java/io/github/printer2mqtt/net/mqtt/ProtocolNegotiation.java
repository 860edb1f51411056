package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.ConnectFailure.Kind;

/**
 * Which MQTT to try: 5 first, 3.1.1 at once where the broker refuses 5, and then the one that worked. Belongs to the
 * link's context.
 *
 * <p>A broker that only knows 3.1.1 answers a CONNECT of level 5 with return code 1 (MQTT 3.1.1, section 3.1.2.2) or
 * closes the connection, so both count as a refusal.
 */
final class ProtocolNegotiation {
    private final Version wanted;
    private Version next;
    private boolean fallenBack;

    ProtocolNegotiation(Version wanted) {
        this.wanted = wanted;
        this.next = wanted == Version.AUTO ? Version.V5 : wanted;
    }

    Version next() {
        return next;
    }

    /** The broker took us; the version is kept for the attempts to come. */
    void worked() {
        fallenBack = false;
    }

    /** Whether to try another version at once, which {@link #next()} then tells. */
    boolean fallsBack(ConnectFailure problem) {
        if (wanted != Version.AUTO) {
            return false;
        }
        if (next == Version.V5 && refusesVersion(problem.kind())) {
            next = Version.V3;
            fallenBack = true;
            return true;
        }
        // The broker was exchanged, or closed on us for a reason of its own: it may speak 5 now.
        if (next == Version.V3 && (fallenBack || isClean(problem.kind()))) {
            next = Version.V5;
            fallenBack = false;
        }
        return false;
    }

    private static boolean refusesVersion(Kind kind) {
        return kind == Kind.VERSION || kind == Kind.CLOSED;
    }

    private static boolean isClean(Kind kind) {
        return kind == Kind.UNREACHABLE || kind == Kind.VERSION || kind == Kind.REFUSED;
    }
}
