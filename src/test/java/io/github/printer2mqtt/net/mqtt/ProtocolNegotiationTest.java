package io.github.printer2mqtt.net.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.ConnectFailure.Kind;
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
    void fallsBackWhereTheBrokerRefusesTheVersion(Kind kind) {
        assertThat(auto.next()).isEqualTo(Version.V5);
        assertThat(auto.fallsBack(problem(kind))).isTrue();
        assertThat(auto.next()).isEqualTo(Version.V3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNREACHABLE", "TIMEOUT", "TLS", "CREDENTIALS", "REFUSED"})
    void staysWith5ForAnyOtherFailure(Kind kind) {
        assertThat(auto.fallsBack(problem(kind))).isFalse();
        assertThat(auto.next()).isEqualTo(Version.V5);
    }

    @Test
    void begins5AgainWhenTheFallBackFailedToo() {
        assertThat(auto.fallsBack(problem(Kind.CLOSED))).isTrue();
        assertThat(auto.fallsBack(problem(Kind.CLOSED))).isFalse();
        assertThat(auto.next()).isEqualTo(Version.V5);
    }

    @Test
    void keepsTheOldOneThatWorkedUntilTheBrokerIsGone() {
        assertThat(auto.fallsBack(problem(Kind.VERSION))).isTrue();
        auto.worked();
        assertThat(auto.fallsBack(problem(Kind.TIMEOUT))).isFalse();
        assertThat(auto.next()).isEqualTo(Version.V3);
        assertThat(auto.fallsBack(problem(Kind.UNREACHABLE))).isFalse();
        assertThat(auto.next()).isEqualTo(Version.V5);
    }

    @Test
    void neverLeavesAVersionTheUserChose() {
        ProtocolNegotiation fixed = new ProtocolNegotiation(Version.V5);
        assertThat(fixed.fallsBack(problem(Kind.VERSION))).isFalse();
        assertThat(fixed.next()).isEqualTo(Version.V5);
    }
}
