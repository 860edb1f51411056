package io.github.printer2mqtt.mqtt.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryMessage;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.homeassistant.message.ObservedHardware;
import io.github.printer2mqtt.mqtt.homeassistant.message.PrinterFacts;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Steps on the discovery topic of one printer, with a manual clock. */
class DiscoveryTopicStateTest {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final long SECOND = 1_000_000_000L;
    private static final PrinterId ID = new PrinterId("mk4");

    private static final DiscoveryPlan PLAN = new DiscoveryPlan(
            new Topics("p2m"),
            new BridgeConfig.HomeAssistant(Discovery.DEVICE, "homeassistant"),
            BridgeConfig.defaults().commands(),
            "1.0.0");

    private static final DiscoveryMessage PLAIN = message(new ObservedHardware(1, false, false));
    private static final DiscoveryMessage CHAMBER = message(new ObservedHardware(1, true, false));

    private long now;
    private final DiscoveryTopicState state = DiscoveryTopicState.newTopic(PLAIN.topic(), SETTLE);

    private static DiscoveryMessage message(ObservedHardware hardware) {
        Printer printer = TestPrinters.printer(ID, "MK4", "prusalink", "192.0.2.20");
        return PLAN.messages(new PrinterFacts(printer, null, Set.of(), Set.of(), hardware))
                .get(0);
    }

    private DiscoveryPlan.Step put() {
        return Objects.requireNonNull(state.next(now), "something is to be put");
    }

    private void acknowledge(DiscoveryPlan.Step step) {
        assertThat(state.onAcknowledged(step.payload(), now)).isTrue();
    }

    private static JsonObject components(DiscoveryPlan.Step step) {
        return new JsonObject(new String(step.payload(), StandardCharsets.UTF_8)).getJsonObject("components");
    }

    @Test
    void newDeviceIsAnnouncedAtOnce() {
        state.setWanted(PLAIN);
        DiscoveryPlan.Step step = put();
        assertThat(step.payload()).isEqualTo(PLAIN.bytes());
        acknowledge(step);
        assertThat(state.known()).isEqualTo(PLAIN.known());
    }

    @Test
    void additionsNeedNoAcknowledgementOfEarlierMessages() {
        state.setWanted(PLAIN);
        put();
        state.setWanted(CHAMBER);
        DiscoveryPlan.Step newer = put();
        assertThat(newer.payload()).isEqualTo(CHAMBER.bytes());
        assertThat(state.onAcknowledged(PLAIN.bytes(), now))
                .as("an earlier message")
                .isFalse();
        acknowledge(newer);
        assertThat(state.known()).isEqualTo(CHAMBER.known());
    }

    @Test
    void vanishedEntityIsRemovedInTwoStepsWithAPause() {
        state.setWanted(CHAMBER);
        acknowledge(put());
        state.setWanted(PLAIN);
        DiscoveryPlan.Step removing = put();
        assertThat(components(removing).getJsonObject("chamber_temperature"))
                .isEqualTo(new JsonObject().put("platform", "sensor"));
        assertThat(state.next(now)).as("waits for the acknowledgement").isNull();
        acknowledge(removing);
        assertThat(state.next(now)).as("waits for the pause").isNull();
        assertThat(state.remainingPause(now)).isEqualTo(SETTLE);
        now += 2 * SECOND;
        DiscoveryPlan.Step last = put();
        assertThat(last.payload()).isEqualTo(PLAIN.bytes());
        acknowledge(last);
        assertThat(state.known()).isEqualTo(PLAIN.known());
    }

    @Test
    void unacknowledgedEntitiesAreRemoved() {
        state.setWanted(CHAMBER);
        put();
        state.setWanted(PLAIN);
        assertThat(components(put()).containsKey("chamber_temperature")).isTrue();
    }

    @Test
    void printerAddedAgainWaitsForTheRemovalOfItsDevice() {
        state.setWanted(PLAIN);
        acknowledge(put());
        state.setWanted(null);
        DiscoveryPlan.Step clear = put();
        assertThat(clear.payload()).isEmpty();
        state.setWanted(PLAIN);
        assertThat(state.next(now)).as("the removal is not acknowledged").isNull();
        acknowledge(clear);
        now += SECOND;
        assertThat(state.next(now)).isNull();
        now += SECOND;
        assertThat(put().payload()).isEqualTo(PLAIN.bytes());
    }

    @Test
    void isFinishedAfterRemovalAndPause() {
        assertThat(state.isFinished(now)).isTrue();
        state.setWanted(PLAIN);
        acknowledge(put());
        state.setWanted(null);
        assertThat(state.isFinished(now)).isFalse();
        acknowledge(put());
        assertThat(state.isFinished(now)).isFalse();
        now += 2 * SECOND;
        assertThat(state.isFinished(now)).isTrue();
        assertThat(state.next(now)).isNull();
    }

    @Test
    void entitiesOfAnEarlierRunAreRemovedInTwoSteps() {
        KnownComponents earlier = KnownComponents.parse("chamber_temperature:sensor,status:sensor");
        DiscoveryTopicState fromEarlierRun = DiscoveryTopicState.fromEarlierRun(PLAIN.topic(), SETTLE, earlier);
        fromEarlierRun.setWanted(PLAIN);
        DiscoveryPlan.Step step = Objects.requireNonNull(fromEarlierRun.next(now));
        assertThat(components(step).getJsonObject("chamber_temperature").fieldNames())
                .containsExactly("platform");
    }
}
