package io.github.printer2mqtt.net.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.text.InvalidValueException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "mqtt://broker, mqtt://broker:1883, tcp://broker:1883",
        "MQTT://broker:1884, mqtt://broker:1884, tcp://broker:1884",
        "mqtts://broker, mqtts://broker:8883, ssl://broker:8883",
        "mqtt://my_broker, mqtt://my_broker:1883, tcp://my_broker:1883",
        "mqtt://Bröker.lan:1884, mqtt://xn--brker-kua.lan:1884, tcp://xn--brker-kua.lan:1884",
        "mqtt://[2001:DB8::1], mqtt://[2001:DB8::1]:1883, tcp://[2001:DB8::1]:1883",
        "ws://broker/mqtt, ws://broker:80/mqtt, ws://broker:80/mqtt",
        "wss://[::1]:9001, wss://[::1]:9001, wss://[::1]:9001"
    })
    void parsesAddresses(String text, String shown, String paho) {
        BrokerAddress server = BrokerAddress.parse(text);
        assertThat(server).hasToString(shown);
        assertThat(server.pahoUri()).isEqualTo(paho);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker",
                "tcp://broker:1883",
                "http://broker",
                "mqtt://",
                "mqtt://[::1",
                "mqtt://[broker]",
                "mqtt://broker:0",
                "mqtt://broker?x",
                "mqtt://broker:99999",
                "mqtt:// x"
            })
    void rejectsInvalidAddresses(String text) {
        assertThatThrownBy(() -> BrokerAddress.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("expected mqtt://host:1883, mqtts://, ws:// or wss://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt://user:secret@broker", "mqtt://us er:secret@broker"})
    void rejectsPasswordsWithoutShowingThem(String text) {
        assertThatThrownBy(() -> BrokerAddress.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("found a user in the address, expected it in username and password");
    }
}
