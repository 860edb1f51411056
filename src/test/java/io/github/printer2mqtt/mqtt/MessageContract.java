package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test has its own broker, bridge and user, who sends messages and receives everything below the base topic. */
abstract class MessageContract {
    BrokerPeer broker;
    MqttScenario bridge;
    TestSubscriber user;

    /** Starts an empty broker. */
    abstract BrokerPeer open(int port);

    @BeforeEach
    void open() {
        broker = open(Ports.free());
        bridge = new MqttScenario();
        user = TestSubscriber.listen(broker.port(), BASE + "/#");
    }

    @AfterEach
    void close() {
        user.close();
        bridge.close();
        broker.close();
    }

    void start(Version version) {
        bridge.start(MqttScenario.options(broker.port(), version));
        awaitOnline(user);
    }

    static void awaitOnline(TestSubscriber subscriber) {
        subscriber.await(BASE + "/bridge/state", heard -> heard.text().contains("online"));
    }

    void send(String topicBelowBase, String payload) {
        user.publish(BASE + "/" + topicBelowBase, payload, false);
    }

    /** Waits for the response to a transaction. */
    JsonObject response(String topicBelowBase, String transaction) {
        return user.await(
                        BASE + "/" + topicBelowBase,
                        heard -> transaction.equals(heard.json().getValue("transaction")))
                .json();
    }

    /** The error code of a response, or "ok". */
    static String code(JsonObject response) {
        return response.getString("status").equals("ok")
                ? "ok"
                : response.getJsonObject("error").getString("code");
    }
}
