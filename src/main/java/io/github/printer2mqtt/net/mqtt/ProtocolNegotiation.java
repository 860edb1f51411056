package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;

/**
 * The protocol version to try: MQTT 5 first, 3.1.1 at once if the broker rejects 5, later the one that worked. Belongs
 * to the connection's context.
 *
 * <p>A broker that supports only 3.1.1 responds to a CONNECT of level 5 with return code 1 (MQTT 3.1.1, section
 * 3.1.2.2) or closes the connection, so both count as a rejection.
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

    /** The broker accepted the connection; the version is kept for later attempts. */
    void onAccepted() {
        fallenBack = false;
    }

    /** Whether to retry at once with the other version, which {@link #next()} then returns. */
    boolean switchesVersion(ConnectFailure failure) {
        if (wanted != Version.AUTO) {
            return false;
        }
        if (next == Version.V5 && refusesVersion(failure.kind())) {
            next = Version.V3;
            fallenBack = true;
            return true;
        }
        // The broker may have been replaced, or closed the connection for another reason: try MQTT 5 again.
        if (next == Version.V3 && (fallenBack || isClean(failure.kind()))) {
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
