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

/** The check of our messages finds what is wrong in each of these, which differ from a good one in one place. */
class BadDiscoveryMessageTest {
    private static final String TOPIC = "homeassistant/device/printer2mqtt_mk4/config";

    static Stream<Arguments> spoilt() {
        return Stream.of(
                markInvalid("an unknown root key", "expiry", m -> m.put("expiry", 60)),
                markInvalid("~ at the root", "~", m -> m.put("~", "printer2mqtt")),
                markInvalid("the expiry of newer releases", "expiry", m -> m.put("message_expiry_interval", 60)),
                markInvalid("two ways of availability", "availability_topic", m -> m.put("availability_topic", "a")),
                markInvalid("no device", "device", m -> m.remove("device")),
                markInvalid("no identifier", "identifiers", m -> device(m).remove("identifiers")),
                markInvalid(
                        "an unknown key of the device",
                        "firmware",
                        m -> device(m).put("firmware", "1")),
                markInvalid("no model but null", "model", m -> device(m).putNull("model")),
                markInvalid(
                        "a page that is no URL",
                        "configuration_url",
                        m -> device(m).put("configuration_url", "mk4.local")),
                markInvalid(
                        "a device reached by itself", "itself", m -> device(m).put("via_device", "printer2mqtt_mk4")),
                markInvalid("no origin", "origin", m -> m.remove("origin")),
                markInvalid(
                        "an origin without name",
                        "origin",
                        m -> m.getJsonObject("origin").remove("name")),
                markInvalid("no components", "components", m -> m.put("components", new JsonObject())),
                markInvalid(
                        "the last word of two topics wins",
                        "availability_mode",
                        m -> m.put("availability_mode", "latest")),
                markInvalid("no mode for two topics", "availability_mode", m -> m.remove("availability_mode")),
                markInvalid(
                        "availability without topic",
                        "no topic",
                        m -> m.getJsonArray("availability").getJsonObject(0).remove("topic")),
                markInvalid("a qos of 3", "qos", m -> m.put("qos", 3)),
                markInvalid("no platform", "platform", m -> one(m, "progress").remove("platform")),
                markInvalid(
                        "a platform we do not announce",
                        "platform",
                        m -> one(m, "progress").put("platform", "gauge")),
                markInvalid("no unique_id", "unique_id", m -> one(m, "progress").remove("unique_id")),
                markInvalid(
                        "one unique_id twice",
                        "twice",
                        m -> one(m, "layer").put("unique_id", "printer2mqtt_mk4_progress")),
                markInvalid(
                        "an id of another base topic",
                        "unique_id",
                        m -> one(m, "progress").put("unique_id", "p2m_mk4_progress")),
                markInvalid("object_id", "object_id", m -> one(m, "progress").put("object_id", "mk4_progress")),
                markInvalid(
                        "an entity id without platform",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "mk4_progress")),
                markInvalid(
                        "an entity id with two underscores",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "sensor.mk4__progress")),
                markInvalid(
                        "an entity id in capitals",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "sensor.MK4_progress")),
                markInvalid(
                        "a name that repeats the device's",
                        "repeats",
                        m -> one(m, "progress").put("name", "MK4 left progress")),
                markInvalid(
                        "a key written wrong",
                        "unit_of_mesurement",
                        m -> one(m, "progress").put("unit_of_mesurement", "%")),
                markInvalid(
                        "an empty state_class",
                        "state_class",
                        m -> one(m, "progress").put("state_class", "")),
                markInvalid(
                        "an unknown state_class",
                        "state_class",
                        m -> one(m, "progress").put("state_class", "gauge")),
                markInvalid(
                        "a temperature in percent",
                        "temperature in %",
                        m -> one(m, "bed_temperature").put("unit_of_measurement", "%")),
                markInvalid(
                        "a temperature without unit",
                        "temperature in null",
                        m -> one(m, "bed_temperature").remove("unit_of_measurement")),
                markInvalid(
                        "a duration in seconds spelt out",
                        "duration",
                        m -> one(m, "time_remaining").put("unit_of_measurement", "seconds")),
                markInvalid(
                        "a timestamp that is measured",
                        "state_class",
                        m -> one(m, "finish_at").put("state_class", "measurement")),
                markInvalid(
                        "a timestamp with a unit",
                        "timestamp in s",
                        m -> one(m, "finish_at").put("unit_of_measurement", "s")),
                markInvalid(
                        "an enum without options",
                        "options",
                        m -> one(m, "status").remove("options")),
                markInvalid(
                        "an option twice",
                        "options",
                        m -> one(m, "status")
                                .put("options", new JsonArray().add("idle").add("idle"))),
                markInvalid(
                        "options without enum",
                        "options",
                        m -> one(m, "status").put("device_class", "duration").put("unit_of_measurement", "s")),
                markInvalid(
                        "an unknown device class",
                        "device_class",
                        m -> one(m, "progress").put("device_class", "progress")),
                markInvalid(
                        "a sensor's class on a binary sensor",
                        "device_class",
                        m -> one(m, "printing").put("device_class", "duration")),
                markInvalid(
                        "a sensor that is configuration",
                        "entity_category",
                        m -> one(m, "progress").put("entity_category", "config")),
                markInvalid(
                        "an event that is diagnostic",
                        "entity_category",
                        m -> one(m, "event").put("entity_category", "diagnostic")),
                markInvalid(
                        "an event that reads states",
                        "topic of states",
                        m -> one(m, "event").remove("state_topic")),
                markInvalid(
                        "an event without types",
                        "event_types",
                        m -> one(m, "event").remove("event_types")),
                markInvalid(
                        "a button without topic",
                        "command_topic",
                        m -> one(m, "pause").remove("command_topic")),
                markInvalid(
                        "a button for all printers",
                        "command_topic",
                        m -> one(m, "pause").put("command_topic", "printer2mqtt/printers/+/command/pause")),
                markInvalid(
                        "a retained command", "retained", m -> one(m, "pause").put("retain", true)),
                markInvalid(
                        "Home Assistant's own payload",
                        "payload_press",
                        m -> one(m, "pause").remove("payload_press")),
                markInvalid(
                        "a number whose end is its beginning",
                        "min is",
                        m -> one(m, "bed_target").put("max", 0)),
                markInvalid(
                        "a number in no steps",
                        "step",
                        m -> one(m, "bed_target").put("step", 0)),
                markInvalid(
                        "a number on a dial", "mode", m -> one(m, "bed_target").put("mode", "dial")),
                markInvalid(
                        "a number that cannot be set",
                        "command_topic",
                        m -> one(m, "bed_target").remove("command_topic")),
                markInvalid(
                        "a retained number",
                        "retained",
                        m -> one(m, "bed_target").put("retain", true)),
                markInvalid(
                        "a number that reads the whole status",
                        "whole document",
                        m -> one(m, "bed_target").remove("value_template")),
                markInvalid(
                        "a number that is measured",
                        "state_class",
                        m -> one(m, "bed_target").put("state_class", "measurement")),
                markInvalid(
                        "a target in percent",
                        "temperature in %",
                        m -> one(m, "bed_target").put("unit_of_measurement", "%")),
                markInvalid("an icon without set", "icon", m -> one(m, "status").put("icon", "printer")),
                markInvalid(
                        "a template that does not ask",
                        "does not ask",
                        m -> one(m, "progress").put("value_template", "{{ value_json.job.progress }}")),
                markInvalid(
                        "a template that asks for another parent",
                        "does not ask",
                        m -> one(m, "bed_target")
                                .put(
                                        "value_template",
                                        "{{ value_json.temperatures.bed.target if value_json.temperatures else none }}")),
                markInvalid(
                        "a template that ends early",
                        "braces",
                        m -> one(m, "progress").put("value_template", "{{ value_json.speed }")),
                markInvalid("a message of 16 kB", "bytes", m -> device(m).put("name", "n".repeat(16_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoilt")
    void isFound(String what, String expected, Consumer<JsonObject> spoiling) {
        JsonObject message = good();
        spoiling.accept(message);

        assertThat(DiscoveryCheck.problems(TOPIC, message.toBuffer().getBytes()))
                .as(what)
                .isNotEmpty()
                .anyMatch(problem -> problem.contains(expected));
    }

    @Test
    void isFoundWhereTheTopicIsWrong() {
        byte[] payload = good().toBuffer().getBytes();

        for (String topic : new String[] {
            "homeassistant/device/printer2mqtt.mk4/config",
            "homeassistant/device/printer2mqtt_mk4",
            "homeassistant/sensor/printer2mqtt_mk4/config",
            "homeassistant/device/printer2mqtt_other/config"
        }) {
            assertThat(DiscoveryCheck.problems(topic, payload)).as(topic).isNotEmpty();
        }
        assertThat(DiscoveryCheck.problems(TOPIC, "[]".getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void isNotFoundInTheGoodOne() {
        assertThat(DiscoveryCheck.problems(TOPIC, good().toBuffer().getBytes())).isEmpty();
    }

    private static JsonObject good() {
        PrinterFacts facts = DiscoveryFleet.facts("mk4", new MoonrakerDriver()).with(DiscoveryFleet.CHAMBER);
        DeviceMessage message =
                DiscoveryFleet.plan("printer2mqtt", DiscoveryFleet.ALL_VERBS).printer(facts);
        return new JsonObject(Buffer.buffer(message.bytes()));
    }

    private static Arguments markInvalid(String what, String expected, Consumer<JsonObject> spoiling) {
        return Arguments.of(what, expected, spoiling);
    }

    private static JsonObject device(JsonObject message) {
        return message.getJsonObject("device");
    }

    private static JsonObject one(JsonObject message, String id) {
        return message.getJsonObject("components").getJsonObject(id);
    }
}
