package io.github.printer2mqtt.mqtt.homeassistant;

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
                spoil("an unknown root key", "expiry", m -> m.put("expiry", 60)),
                spoil("~ at the root", "~", m -> m.put("~", "printer2mqtt")),
                spoil("the expiry of newer releases", "expiry", m -> m.put("message_expiry_interval", 60)),
                spoil("two ways of availability", "availability_topic", m -> m.put("availability_topic", "a")),
                spoil("no device", "device", m -> m.remove("device")),
                spoil("no identifier", "identifiers", m -> device(m).remove("identifiers")),
                spoil("an unknown key of the device", "firmware", m -> device(m).put("firmware", "1")),
                spoil("no model but null", "model", m -> device(m).putNull("model")),
                spoil(
                        "a page that is no URL",
                        "configuration_url",
                        m -> device(m).put("configuration_url", "mk4.local")),
                spoil("a device reached by itself", "itself", m -> device(m).put("via_device", "printer2mqtt_mk4")),
                spoil("no origin", "origin", m -> m.remove("origin")),
                spoil(
                        "an origin without name",
                        "origin",
                        m -> m.getJsonObject("origin").remove("name")),
                spoil("no components", "components", m -> m.put("components", new JsonObject())),
                spoil(
                        "the last word of two topics wins",
                        "availability_mode",
                        m -> m.put("availability_mode", "latest")),
                spoil("no mode for two topics", "availability_mode", m -> m.remove("availability_mode")),
                spoil(
                        "availability without topic",
                        "no topic",
                        m -> m.getJsonArray("availability").getJsonObject(0).remove("topic")),
                spoil("a qos of 3", "qos", m -> m.put("qos", 3)),
                spoil("no platform", "platform", m -> one(m, "progress").remove("platform")),
                spoil(
                        "a platform we do not announce",
                        "platform",
                        m -> one(m, "progress").put("platform", "gauge")),
                spoil("no unique_id", "unique_id", m -> one(m, "progress").remove("unique_id")),
                spoil(
                        "one unique_id twice",
                        "twice",
                        m -> one(m, "layer").put("unique_id", "printer2mqtt_mk4_progress")),
                spoil(
                        "an id of another base topic",
                        "unique_id",
                        m -> one(m, "progress").put("unique_id", "p2m_mk4_progress")),
                spoil("object_id", "object_id", m -> one(m, "progress").put("object_id", "mk4_progress")),
                spoil(
                        "an entity id without platform",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "mk4_progress")),
                spoil(
                        "an entity id with two underscores",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "sensor.mk4__progress")),
                spoil(
                        "an entity id in capitals",
                        "default_entity_id",
                        m -> one(m, "progress").put("default_entity_id", "sensor.MK4_progress")),
                spoil(
                        "a name that repeats the device's",
                        "repeats",
                        m -> one(m, "progress").put("name", "MK4 left progress")),
                spoil(
                        "a key written wrong",
                        "unit_of_mesurement",
                        m -> one(m, "progress").put("unit_of_mesurement", "%")),
                spoil(
                        "an empty state_class",
                        "state_class",
                        m -> one(m, "progress").put("state_class", "")),
                spoil(
                        "an unknown state_class",
                        "state_class",
                        m -> one(m, "progress").put("state_class", "gauge")),
                spoil(
                        "a temperature in percent",
                        "temperature in %",
                        m -> one(m, "bed_temperature").put("unit_of_measurement", "%")),
                spoil(
                        "a temperature without unit",
                        "temperature in null",
                        m -> one(m, "bed_temperature").remove("unit_of_measurement")),
                spoil(
                        "a duration in seconds spelt out",
                        "duration",
                        m -> one(m, "time_remaining").put("unit_of_measurement", "seconds")),
                spoil(
                        "a timestamp that is measured",
                        "state_class",
                        m -> one(m, "finish_at").put("state_class", "measurement")),
                spoil(
                        "a timestamp with a unit",
                        "timestamp in s",
                        m -> one(m, "finish_at").put("unit_of_measurement", "s")),
                spoil(
                        "an enum without options",
                        "options",
                        m -> one(m, "status").remove("options")),
                spoil(
                        "an option twice",
                        "options",
                        m -> one(m, "status")
                                .put("options", new JsonArray().add("idle").add("idle"))),
                spoil(
                        "options without enum",
                        "options",
                        m -> one(m, "status").put("device_class", "duration").put("unit_of_measurement", "s")),
                spoil(
                        "an unknown device class",
                        "device_class",
                        m -> one(m, "progress").put("device_class", "progress")),
                spoil(
                        "a sensor's class on a binary sensor",
                        "device_class",
                        m -> one(m, "printing").put("device_class", "duration")),
                spoil(
                        "a sensor that is configuration",
                        "entity_category",
                        m -> one(m, "progress").put("entity_category", "config")),
                spoil(
                        "an event that is diagnostic",
                        "entity_category",
                        m -> one(m, "event").put("entity_category", "diagnostic")),
                spoil(
                        "an event that reads states",
                        "topic of states",
                        m -> one(m, "event").remove("state_topic")),
                spoil(
                        "an event without types",
                        "event_types",
                        m -> one(m, "event").remove("event_types")),
                spoil(
                        "a button without topic",
                        "command_topic",
                        m -> one(m, "pause").remove("command_topic")),
                spoil(
                        "a button for all printers",
                        "command_topic",
                        m -> one(m, "pause").put("command_topic", "printer2mqtt/printers/+/command/pause")),
                spoil("a retained command", "retained", m -> one(m, "pause").put("retain", true)),
                spoil(
                        "Home Assistant's own payload",
                        "payload_press",
                        m -> one(m, "pause").remove("payload_press")),
                spoil(
                        "a number whose end is its beginning",
                        "min is",
                        m -> one(m, "bed_target").put("max", 0)),
                spoil("a number in no steps", "step", m -> one(m, "bed_target").put("step", 0)),
                spoil("a number on a dial", "mode", m -> one(m, "bed_target").put("mode", "dial")),
                spoil(
                        "a number that cannot be set",
                        "command_topic",
                        m -> one(m, "bed_target").remove("command_topic")),
                spoil("a retained number", "retained", m -> one(m, "bed_target").put("retain", true)),
                spoil(
                        "a number that reads the whole status",
                        "whole document",
                        m -> one(m, "bed_target").remove("value_template")),
                spoil(
                        "a number that is measured",
                        "state_class",
                        m -> one(m, "bed_target").put("state_class", "measurement")),
                spoil(
                        "a target in percent",
                        "temperature in %",
                        m -> one(m, "bed_target").put("unit_of_measurement", "%")),
                spoil("an icon without set", "icon", m -> one(m, "status").put("icon", "printer")),
                spoil(
                        "a template that does not ask",
                        "does not ask",
                        m -> one(m, "progress").put("value_template", "{{ value_json.job.progress }}")),
                spoil(
                        "a template that asks for another parent",
                        "does not ask",
                        m -> one(m, "bed_target")
                                .put(
                                        "value_template",
                                        "{{ value_json.temperatures.bed.target if value_json.temperatures else none }}")),
                spoil(
                        "a template that ends early",
                        "braces",
                        m -> one(m, "progress").put("value_template", "{{ value_json.speed }")),
                spoil("a message of 16 kB", "bytes", m -> device(m).put("name", "n".repeat(16_000))));
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
        DeviceMessage message = DiscoveryFleet.plan("printer2mqtt", DiscoveryFleet.ALL_VERBS).printer(facts);
        return new JsonObject(Buffer.buffer(message.bytes()));
    }

    private static Arguments spoil(String what, String expected, Consumer<JsonObject> spoiling) {
        return Arguments.of(what, expected, spoiling);
    }

    private static JsonObject device(JsonObject message) {
        return message.getJsonObject("device");
    }

    private static JsonObject one(JsonObject message, String id) {
        return message.getJsonObject("components").getJsonObject(id);
    }
}
