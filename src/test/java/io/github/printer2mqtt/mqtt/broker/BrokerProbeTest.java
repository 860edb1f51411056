package io.github.printer2mqtt.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BrokerProbeTest {
    private static BridgeConfig.Broker at(int port) {
        return new BridgeConfig.Broker("127.0.0.1", port, null, null);
    }

    @Test
    void acceptsABroker() {
        try (TestBroker open = TestBroker.fresh();
                TestBroker withLogin = TestBroker.withLogin("farm", "x".repeat(200))) {
            assertThatCode(() -> BrokerProbe.expectBroker(at(open.port()))).doesNotThrowAnyException();
            BridgeConfig.Broker login =
                    new BridgeConfig.Broker("127.0.0.1", withLogin.port(), "farm", Secret.of("x".repeat(200)));
            assertThatCode(() -> BrokerProbe.expectBroker(login)).doesNotThrowAnyException();
        }
    }

    @Test
    void rejectsAPortWithoutListener() {
        assertThatThrownBy(() -> BrokerProbe.expectBroker(at(Ports.free()))).isInstanceOf(IOException.class);
    }

    @Test
    void rejectsAnotherProgram() {
        Vertx vertx = Vertx.vertx();
        try (HostileServer web =
                HostileServer.start(vertx, socket -> HostileServer.write(socket, "HTTP/1.1 400 Bad Request\r\n"))) {
            assertThatThrownBy(() -> BrokerProbe.expectBroker(at(web.port())))
                    .isInstanceOf(IOException.class)
                    .hasMessage("another program listens there");
        } finally {
            Await.done(vertx.close());
        }
    }
}
