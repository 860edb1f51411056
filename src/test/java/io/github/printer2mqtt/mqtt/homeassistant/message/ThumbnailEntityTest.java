package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The image of the running print, which must be switched on and which not every driver has. */
class ThumbnailEntityTest {
    private static final DiscoveryPlan OFF = DiscoveryFixture.plan("printer2mqtt", Set.of());
    private static final DiscoveryPlan ON = DiscoveryFixture.withThumbnails(OFF);

    @Test
    void imageIsAnnouncedOnlyIfThumbnailsArePublished() {
        assertThat(thumbnail(OFF, "moonraker")).isNull();
        assertThat(thumbnail(ON, "moonraker"))
                .isEqualTo(new JsonObject()
                        .put("platform", "image")
                        .put("unique_id", "printer2mqtt_mk4_thumbnail")
                        .put("default_entity_id", "image.mk4_thumbnail")
                        .put("name", "Thumbnail")
                        .put("image_topic", "printer2mqtt/printers/mk4/thumbnail")
                        .put("content_type", "image/png"));
    }

    @Test
    void driverWithoutThumbnailsHasNoImage() {
        assertThat(thumbnail(ON, "ultimaker")).isNull();
    }

    @Test
    void messageOfItsOwnHasNoStateTopic() {
        DiscoveryPlan components = DiscoveryFixture.withThumbnails(
                DiscoveryFixture.plan("printer2mqtt", "homeassistant", Set.of(), Discovery.COMPONENT));
        List<DiscoveryMessage> images =
                components.messages(DiscoveryFixture.facts("mk4", RegisteredDrivers.of("moonraker"))).stream()
                        .filter(message -> message.topic().text().contains("/image/"))
                        .toList();

        assertThat(images).singleElement().satisfies(image -> {
            JsonObject payload = new JsonObject(Buffer.buffer(image.bytes()));
            assertThat(payload.containsKey("state_topic")).isFalse();
            assertThat(payload.getString("image_topic")).isEqualTo("printer2mqtt/printers/mk4/thumbnail");
            assertThat(DiscoveryPlan.deviceOf(image.topic().text())).isNotNull();
        });
    }

    private static @Nullable JsonObject thumbnail(DiscoveryPlan plan, String driver) {
        return DiscoveryFixture.json(plan.printer(DiscoveryFixture.facts("mk4", RegisteredDrivers.of(driver))))
                .getJsonObject("components")
                .getJsonObject("thumbnail");
    }
}
