package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The validator reports the problem in messages that differ from a valid one in one place. */
class DiscoveryMessageValidatorTest {
    private static final String TOPIC = "homeassistant/device/printer2mqtt_mk4/config";

    static Stream<Arguments> invalidMessages() {
        return Stream.of(
                invalid("an unknown root key", "expiry", m -> m.put("expiry", 60)),
                invalid("~ at the root", "~", m -> m.put("~", "printer2mqtt")),
                invalid("the expiry of newer releases", "expiry", m -> m.put("message_expiry_interval", 60)),
                invalid("two ways of availability", "availability_topic", m -> m.put("availability_topic", "a")),
                invalid("no device", "device", m -> m.remove("device")),
                invalid("no identifier", "identifiers", m -> device(m).remove("identifiers")),
                invalid(
                        "an unknown key of the device",
                        "firmware",
                        m -> device(m).put("firmware", "1")),
                invalid("no model but null", "model", m -> device(m).putNull("model")),
                invalid(
                        "a page that is no URL",
                        "configuration_url",
                        m -> device(m).put("configuration_url", "mk4.local")),
                invalid("a device reached by itself", "itself", m -> device(m).put("via_device", "printer2mqtt_mk4")),
                invalid("no origin", "origin", m -> m.remove("origin")),
                invalid(
                        "an origin without name",
                        "origin",
                        m -> m.getJsonObject("origin").remove("name")),
                invalid("no components", "components", m -> m.put("components", new JsonObject())),
                invalid(
                        "the last word of two topics wins",
                        "availability_mode",
                        m -> m.put("availability_mode", "latest")),
                invalid("no mode for two topics", "availability_mode", m -> m.remove("availability_mode")),
                invalid(
                        "availability without topic",
                        "no topic",
                        m -> m.getJsonArray("availability").getJsonObject(0).remove("topic")),
                invalid("a qos of 3", "qos", m -> m.put("qos", 3)),
                invalid("no platform", "platform", m -> one(m, "progress").remove("platform")),
                invalid(
                        "a platform we do not announce",
                        "platform",
                        m -> one(m, "progress").put("platform", "gauge")),
                invalid("no unique_id", "unique_id", m -> one(m, "progress").remove("unique_id")),
                invalid(
                        "one unique_id twice",
                        "twice",
                        m -> one(m, "layer").put("unique_id", "printer2mqtt_mk4_progress")),
                invalid(
                        "an id of another base topic",
                        "unique_id",
                        m -> one(m, "progress").put("unique_id", "p2m_mk4_progress")),
                invalid("object_id", "object_id", m -> one(m, "progress").put("object_id", "mk4_progress")),
                invalid(
                        "an entity id without platform",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "mk4_progress")),
                invalid(
                        "an entity id with two underscores",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "sensor.mk4__progress")),
                invalid(
                        "an entity id in capitals",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "sensor.MK4_progress")),
                invalid(
                        "a name that repeats the device's",
                        "repeats",
                        m -> one(m, "progress").put("name", "MK4 left progress")),
                invalid(
                        "a key written wrong",
                        "unit_of_mesurement",
                        m -> one(m, "progress").put("unit_of_mesurement", "%")),
                invalid(
                        "an empty state_class",
                        "state_class",
                        m -> one(m, "progress").put("state_class", "")),
                invalid(
                        "an unknown state_class",
                        "state_class",
                        m -> one(m, "progress").put("state_class", "gauge")),
                invalid(
                        "a temperature in percent",
                        "temperature in %",
                        m -> one(m, "bed_temperature").put("unit_of_measurement", "%")),
                invalid(
                        "a temperature without unit",
                        "temperature in null",
                        m -> one(m, "bed_temperature").remove("unit_of_measurement")),
                invalid(
                        "a duration in seconds spelt out",
                        "duration",
                        m -> one(m, "time_remaining").put("unit_of_measurement", "seconds")),
                invalid(
                        "a timestamp that is measured",
                        "state_class",
                        m -> one(m, "finish_at").put("state_class", "measurement")),
                invalid(
                        "a timestamp with a unit",
                        "timestamp in s",
                        m -> one(m, "finish_at").put("unit_of_measurement", "s")),
                invalid(
                        "an enum without options",
                        "options",
                        m -> one(m, "status").remove("options")),
                invalid(
                        "an option twice",
                        "options",
                        m -> one(m, "status")
                                .put("options", new JsonArray().add("idle").add("idle"))),
                invalid(
                        "options without enum",
                        "options",
                        m -> one(m, "status").put("device_class", "duration").put("unit_of_measurement", "s")),
                invalid(
                        "an unknown device class",
                        "device_class",
                        m -> one(m, "progress").put("device_class", "progress")),
                invalid(
                        "a sensor's class on a binary sensor",
                        "device_class",
                        m -> one(m, "printing").put("device_class", "duration")),
                invalid(
                        "a sensor that is configuration",
                        "entity_category",
                        m -> one(m, "progress").put("entity_category", "config")),
                invalid(
                        "an event that is diagnostic",
                        "entity_category",
                        m -> one(m, "event").put("entity_category", "diagnostic")),
                invalid(
                        "an event that reads states",
                        "topic of states",
                        m -> one(m, "event").remove("state_topic")),
                invalid(
                        "an event without types",
                        "event_types",
                        m -> one(m, "event").remove("event_types")),
                invalid(
                        "a button without topic",
                        "command_topic",
                        m -> one(m, "pause").remove("command_topic")),
                invalid(
                        "a button for all printers",
                        "command_topic",
                        m -> one(m, "pause").put("command_topic", "printer2mqtt/printers/+/command/pause")),
                invalid("a retained command", "retained", m -> one(m, "pause").put("retain", true)),
                invalid(
                        "Home Assistant's own payload",
                        "payload_press",
                        m -> one(m, "pause").remove("payload_press")),
                invalid(
                        "a number whose end is its beginning",
                        "min is",
                        m -> one(m, "bed_target").put("max", 0)),
                invalid(
                        "a number in no steps",
                        "step",
                        m -> one(m, "bed_target").put("step", 0)),
                invalid("a number on a dial", "mode", m -> one(m, "bed_target").put("mode", "dial")),
                invalid(
                        "a number that cannot be set",
                        "command_topic",
                        m -> one(m, "bed_target").remove("command_topic")),
                invalid(
                        "a retained number",
                        "retained",
                        m -> one(m, "bed_target").put("retain", true)),
                invalid(
                        "a number that reads the whole status",
                        "whole document",
                        m -> one(m, "bed_target").remove("value_template")),
                invalid(
                        "a number that is measured",
                        "state_class",
                        m -> one(m, "bed_target").put("state_class", "measurement")),
                invalid(
                        "a target in percent",
                        "temperature in %",
                        m -> one(m, "bed_target").put("unit_of_measurement", "%")),
                invalid("an icon without set", "icon", m -> one(m, "status").put("icon", "printer")),
                invalid(
                        "a template that does not ask",
                        "does not ask",
                        m -> one(m, "progress").put("value_template", "{{ value_json.job.progress }}")),
                invalid(
                        "a template that asks for another parent",
                        "does not ask",
                        m -> one(m, "bed_target")
                                .put(
                                        "value_template",
                                        "{{ value_json.temperatures.bed.target if value_json.temperatures else none }}")),
                invalid(
                        "a template that ends early",
                        "braces",
                        m -> one(m, "progress").put("value_template", "{{ value_json.speed }")),
                invalid("a message of 16 kB", "bytes", m -> device(m).put("name", "n".repeat(16_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidMessages")
    void problemIsReported(String what, String expected, Consumer<JsonObject> change) {
        JsonObject message = good();
        change.accept(message);

        assertThat(DiscoveryMessageValidator.problems(TOPIC, message.toBuffer().getBytes()))
                .as(what)
                .isNotEmpty()
                .anyMatch(problem -> problem.contains(expected));
    }

    @Test
    void wrongTopicIsReported() {
        byte[] payload = good().toBuffer().getBytes();

        for (String topic : new String[] {
            "homeassistant/device/printer2mqtt.mk4/config",
            "homeassistant/device/printer2mqtt_mk4",
            "homeassistant/sensor/printer2mqtt_mk4/config",
            "homeassistant/device/printer2mqtt_other/config"
        }) {
            assertThat(DiscoveryMessageValidator.problems(topic, payload))
                    .as(topic)
                    .isNotEmpty();
        }
        assertThat(DiscoveryMessageValidator.problems(TOPIC, "[]".getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void validMessageHasNoProblems() {
        assertThat(DiscoveryMessageValidator.problems(TOPIC, good().toBuffer().getBytes()))
                .isEmpty();
    }

    private static JsonObject good() {
        PrinterFacts facts =
                DiscoveryFixture.facts("mk4", new MoonrakerDriver()).with(DiscoveryFixture.CHAMBER);
        DeviceMessage message = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS)
                .printer(facts);
        return new JsonObject(Buffer.buffer(message.bytes()));
    }

    private static Arguments invalid(String what, String expected, Consumer<JsonObject> change) {
        return Arguments.of(what, expected, change);
    }

    private static JsonObject device(JsonObject message) {
        return message.getJsonObject("device");
    }

    private static JsonObject one(JsonObject message, String id) {
        return message.getJsonObject("components").getJsonObject(id);
    }
}
