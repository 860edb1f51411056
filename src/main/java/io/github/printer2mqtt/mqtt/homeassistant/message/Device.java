package io.github.printer2mqtt.mqtt.homeassistant.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.json.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The device that a group of entities belongs to.
 *
 * @param id its identity
 * @param name for users
 * @param manufacturer null if unknown
 * @param model null if unknown
 * @param softwareVersion null if unknown
 * @param url of its web interface, without credentials; null if it has none
 * @param via the device that connects it; null for none
 */
record Device(
        DeviceId id,
        String name,
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable String softwareVersion,
        @Nullable String url,
        @Nullable DeviceId via) {
    /** Leaves unknown values out: Home Assistant rejects a message with null. */
    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("device");
        Json.strings(json, "identifiers", List.of(id.text()));
        json.writeStringField("name", name);
        text(json, "manufacturer", manufacturer);
        text(json, "model", model);
        text(json, "sw_version", softwareVersion);
        text(json, "configuration_url", url);
        text(json, "via_device", via == null ? null : via.text());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String key, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }
}
