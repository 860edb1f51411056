package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
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
    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("identifiers", JsonArray.of(id.text()))
                .put("name", name)
                .put("manufacturer", manufacturer)
                .put("model", model)
                .put("sw_version", softwareVersion)
                .put("configuration_url", url)
                .put("via_device", via == null ? null : via.text());
        json.getMap().values().removeIf(Objects::isNull);
        return json;
    }
}
