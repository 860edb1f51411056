package io.github.printer2mqtt.net.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProtocolNegotiationTest {
    private final ProtocolNegotiation auto = new ProtocolNegotiation(Version.AUTO);

    private static ConnectFailure problem(Kind kind) {
        return new ConnectFailure(kind, "x");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"VERSION", "CLOSED"})
    void fallsBackIfTheBrokerRefusesTheVersion(Kind kind) {
        assertThat(auto.next()).isEqualTo(Version.V5);
        assertThat(auto.switchesVersion(problem(kind))).isTrue();
        assertThat(auto.next()).isEqualTo(Version.V3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNREACHABLE", "TIMEOUT", "TLS", "CREDENTIALS", "REFUSED"})
    void keepsVersion5AfterOtherFailures(Kind kind) {
        assertThat(auto.switchesVersion(problem(kind))).isFalse();
        assertThat(auto.next()).isEqualTo(Version.V5);
    }

    @Test
    void triesVersion5AgainAfterAFailedFallback() {
        assertThat(auto.switchesVersion(problem(Kind.CLOSED))).isTrue();
        assertThat(auto.switchesVersion(problem(Kind.CLOSED))).isFalse();
        assertThat(auto.next()).isEqualTo(Version.V5);
    }

    @Test
    void keepsAWorkingFallbackUntilTheBrokerIsUnreachable() {
        assertThat(auto.switchesVersion(problem(Kind.VERSION))).isTrue();
        auto.onAccepted();
        assertThat(auto.switchesVersion(problem(Kind.TIMEOUT))).isFalse();
        assertThat(auto.next()).isEqualTo(Version.V3);
        assertThat(auto.switchesVersion(problem(Kind.UNREACHABLE))).isFalse();
        assertThat(auto.next()).isEqualTo(Version.V5);
    }

    @Test
    void keepsAConfiguredVersion() {
        ProtocolNegotiation fixed = new ProtocolNegotiation(Version.V5);
        assertThat(fixed.switchesVersion(problem(Kind.VERSION))).isFalse();
        assertThat(fixed.next()).isEqualTo(Version.V5);
    }
}
