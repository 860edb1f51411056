package io.github.printer2mqtt.mqtt.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.homeassistant.message.DeviceMessage;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.Equipment;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.homeassistant.message.PrinterFacts;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes to the discovery topic of one printer, and when; the clock is moved. */
class DiscoveryTopicStateTest {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final long SECOND = 1_000_000_000L;
    private static final PrinterId ID = new PrinterId("mk4");

    private static final DiscoveryPlan PLAN = new DiscoveryPlan(
            new Topics("p2m"),
            new BridgeConfig.HomeAssistant(Discovery.DEVICE, "homeassistant"),
            CommandsConfig.defaults(),
            "1.0.0");

    private static final DeviceMessage PLAIN = message(new Equipment(1, false, false));
    private static final DeviceMessage CHAMBER = message(new Equipment(1, true, false));

    private long now;
    private final DiscoveryTopicState way = DiscoveryTopicState.fresh(PLAN.topic(ID), SETTLE);

    private static DeviceMessage message(Equipment equipment) {
        Printer printer = new Printer(
                ID,
                "MK4",
                "prusalink",
                AddressText.parse("192.0.2.20").withDefaultPort(80),
                null,
                null,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
        return PLAN.printer(new PrinterFacts(printer, null, Set.of(), Set.of(), equipment));
    }

    private DiscoveryPlan.Step put() {
        return Objects.requireNonNull(way.next(now), "something is to be put");
    }

    private void acknowledge(DiscoveryPlan.Step step) {
        assertThat(way.onAcknowledged(step.payload(), now)).isTrue();
    }

    private static JsonObject components(DiscoveryPlan.Step step) {
        return new JsonObject(new String(step.payload(), StandardCharsets.UTF_8)).getJsonObject("components");
    }

    @Test
    void aDeviceThatNobodyKnowsIsAnnouncedAtOnce() {
        way.want(PLAIN);
        DiscoveryPlan.Step step = put();
        assertThat(step.payload()).isEqualTo(PLAIN.bytes());
        acknowledge(step);
        assertThat(way.known()).isEqualTo(PLAIN.known());
    }

    @Test
    void whatGrowsNeedsNoAcknowledgementOfWhatWasBefore() {
        way.want(PLAIN);
        put();
        way.want(CHAMBER);
        DiscoveryPlan.Step newer = put();
        assertThat(newer.payload()).isEqualTo(CHAMBER.bytes());
        assertThat(way.onAcknowledged(PLAIN.bytes(), now)).as("an old one").isFalse();
        acknowledge(newer);
        assertThat(way.known()).isEqualTo(CHAMBER.known());
    }

    @Test
    void anEntityThatVanishesGoesInTwoStepsWithAPauseBetween() {
        way.want(CHAMBER);
        acknowledge(put());
        way.want(PLAIN);
        DiscoveryPlan.Step removing = put();
        assertThat(components(removing).getJsonObject("chamber_temperature"))
                .isEqualTo(new JsonObject().put("platform", "sensor"));
        assertThat(way.next(now)).as("nothing overtakes it").isNull();
        acknowledge(removing);
        assertThat(way.next(now)).as("Home Assistant is left in peace").isNull();
        assertThat(way.quietFor(now)).isEqualTo(SETTLE);
        now += 2 * SECOND;
        DiscoveryPlan.Step last = put();
        assertThat(last.payload()).isEqualTo(PLAIN.bytes());
        acknowledge(last);
        assertThat(way.known()).isEqualTo(PLAIN.known());
    }

    @Test
    void whatMayHaveBeenHeardIsRemovedThoughNobodyAcknowledgedIt() {
        way.want(CHAMBER);
        put();
        way.want(PLAIN);
        assertThat(components(put()).containsKey("chamber_temperature")).isTrue();
    }

    @Test
    void aPrinterThatComesBackAtOnceWaitsUntilItsDeviceIsGone() {
        way.want(PLAIN);
        acknowledge(put());
        way.want(null);
        DiscoveryPlan.Step clear = put();
        assertThat(clear.payload()).isEmpty();
        way.want(PLAIN);
        assertThat(way.next(now)).as("the removal is not acknowledged").isNull();
        acknowledge(clear);
        now += SECOND;
        assertThat(way.next(now)).isNull();
        now += SECOND;
        assertThat(put().payload()).isEqualTo(PLAIN.bytes());
    }

    @Test
    void itIsOverWhenNobodyHasItAndTheNameIsFree() {
        assertThat(way.isOver(now)).isTrue();
        way.want(PLAIN);
        acknowledge(put());
        way.want(null);
        assertThat(way.isOver(now)).isFalse();
        acknowledge(put());
        assertThat(way.isOver(now)).isFalse();
        now += 2 * SECOND;
        assertThat(way.isOver(now)).isTrue();
        assertThat(way.next(now)).isNull();
    }

    @Test
    void whatAnEarlierRunAnnouncedIsRemovedInTwoSteps() {
        KnownComponents earlier = KnownComponents.parse("chamber_temperature:sensor,status:sensor");
        DiscoveryTopicState remembered = DiscoveryTopicState.remembered(PLAN.topic(ID), SETTLE, earlier);
        remembered.want(PLAIN);
        DiscoveryPlan.Step step = Objects.requireNonNull(remembered.next(now));
        assertThat(components(step).getJsonObject("chamber_temperature").fieldNames())
                .containsExactly("platform");
    }
}
