package io.github.printer2mqtt.simulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttSecurityException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Given a simulated printer that is a broker without TLS, what Paho's client gets. */
@Timeout(60)
class MqttPrinterTest {
    private static final String PASSWORD = "letmein";

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final PrinterServer server = printers.start(new Echo(SimulatedPrinters.machine("Echo")));
    private final List<String> received = new CopyOnWriteArrayList<>();

    @Test
    void messagesOfSubscribedTopicsArriveAndRequestsAreAcknowledged() throws MqttException {
        try (MqttClient client = client()) {
            client.connect(login(PASSWORD));
            client.subscribe(
                    "echo/+/reply",
                    (topic, message) -> received.add(topic + ' ' + new String(message.getPayload(), UTF_8)));
            client.publish("echo/1", "hello".getBytes(UTF_8), 1, false);

            Await.until("the reply and a report arrive", () -> received.contains("echo/1/reply hello"));
            Await.until("a report arrives", () -> received.contains("echo/tick/reply "));
            assertThat(received).noneMatch(message -> message.startsWith("echo/other"));
            Await.until("one connection is left", () -> server.openConnections() == 1);
            client.disconnect();
        }
        Await.until("the connection is closed", () -> server.openConnections() == 0);
    }

    @Test
    void wrongPasswordAndForbiddenTopicAreRefused() throws MqttException {
        try (MqttClient client = client()) {
            assertThatThrownBy(() -> client.connect(login("wrong"))).isInstanceOf(MqttSecurityException.class);
        }
        try (MqttClient client = client()) {
            client.connect(login(PASSWORD));
            assertThatThrownBy(() -> client.subscribe("#")).isInstanceOf(MqttException.class);
            client.disconnect();
        }
    }

    @Test
    void refusingPrinterEndsTheConnection() throws MqttException {
        try (MqttClient client = client()) {
            client.connect(login(PASSWORD));
            Await.done(server.behave(Behaviour.refusing()));
            Await.until("the client notices", () -> !client.isConnected());
        }
    }

    private MqttClient client() throws MqttException {
        MqttClient client = new MqttClient("tcp://" + server.url(), "judge", new MemoryPersistence());
        client.setTimeToWait(10_000);
        return client;
    }

    private MqttConnectOptions login(String password) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("user");
        options.setPassword(password.toCharArray());
        return options;
    }

    /** Replies with what it is sent. */
    private record Echo(SimulatedPrinter printer) implements MqttSimulator {
        @Override
        public String driver() {
            return "echo";
        }

        @Override
        public Client connect(SimulatedMqttClient client) {
            return new Client() {
                @Override
                public boolean mayLogIn(String user, String password) {
                    return user.equals("user") && password.equals(PASSWORD);
                }

                @Override
                public boolean mayRead(String filter) {
                    return filter.startsWith("echo/");
                }

                @Override
                public void onMessage(String topic, Buffer payload) {
                    client.publish("echo/other", payload);
                    client.publish(topic + "/reply", payload);
                }

                @Override
                public void onTick() {
                    client.publish("echo/tick/reply", Buffer.buffer());
                }
            };
        }
    }
}
