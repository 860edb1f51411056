package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.driver.prusalink.PrusaLinkDriver;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Steps from what was announced to what is wanted. */
class DiscoveryStepsTest {
    private static final DiscoveryPlan PLAN = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS);
    private static final PrinterFacts VORON =
            DiscoveryFixture.facts("voron", new MoonrakerDriver()).with(DiscoveryFixture.CHAMBER);

    @Test
    void newDeviceIsOneStep() {
        DeviceMessage wanted = PLAN.printer(VORON);

        List<DiscoveryPlan.Step> steps = DiscoveryPlan.Step.between(KnownComponents.none(), wanted);

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.payload()).isEqualTo(wanted.bytes());
            assertThat(step.after()).isEqualTo(wanted.known());
        });
    }

    @Test
    void vanishedEntityIsRemovedBeforeItIsLeftOut() {
        KnownComponents announced = PLAN.printer(VORON).known();
        DeviceMessage wanted = DiscoveryFixture.plan("printer2mqtt", EnumSet.of(Capability.PAUSE))
                .printer(VORON);

        List<DiscoveryPlan.Step> steps = DiscoveryPlan.Step.between(announced, wanted);

        assertThat(steps).hasSize(2);
        JsonObject first = components(steps.get(0));
        assertThat(first.getJsonObject("cancel")).isEqualTo(new JsonObject().put("platform", "button"));
        assertThat(first.getJsonObject("resume")).isEqualTo(new JsonObject().put("platform", "button"));
        assertThat(first.getJsonObject("pause").getString("command_topic"))
                .isEqualTo("printer2mqtt/printers/voron/command/pause");
        assertThat(steps.get(1).payload()).isEqualTo(wanted.bytes());
        for (DiscoveryPlan.Step step : steps) {
            assertThat(DiscoveryMessageValidator.problems(wanted.topic().text(), step.payload()))
                    .isEmpty();
        }
    }

    @Test
    void interruptedStepsContinue() {
        KnownComponents announced = PLAN.printer(VORON).known();
        DeviceMessage wanted = PLAN.printer(DiscoveryFixture.facts("voron", new PrusaLinkDriver()));

        DiscoveryPlan.Step first = DiscoveryPlan.Step.between(announced, wanted).get(0);
        List<DiscoveryPlan.Step> rest =
                DiscoveryPlan.Step.between(KnownComponents.parse(first.after().text()), wanted);

        assertThat(components(first).getMap()).containsKeys("layer", "chamber_temperature", "fan_speed");
        assertThat(rest)
                .singleElement()
                .satisfies(step -> assertThat(step.payload()).isEqualTo(wanted.bytes()));
    }

    @Test
    void entityThatChangesItsPlatformIsRemovedFirst() {
        DeviceMessage wanted = PLAN.printer(VORON);
        KnownComponents announced =
                KnownComponents.parse(wanted.known().text().replace("bed_target:number", "bed_target:sensor"));

        List<DiscoveryPlan.Step> steps = DiscoveryPlan.Step.between(announced, wanted);

        assertThat(steps).hasSize(2);
        assertThat(components(steps.get(0)).getJsonObject("bed_target"))
                .isEqualTo(new JsonObject().put("platform", "sensor"));
        assertThat(components(steps.get(1)).getJsonObject("bed_target").getString("platform"))
                .isEqualTo("number");
    }

    @Test
    void removedDeviceIsOneEmptyMessage() {
        Map<String, KnownComponents> announced = announced(PLAN.wanted(List.of(VORON)));

        Map<Topic, List<DiscoveryPlan.Step>> steps = DiscoveryPlan.steps(announced, PLAN.wanted(List.of()));

        assertThat(steps).hasSize(2);
        assertThat(steps.keySet().iterator().next()).isEqualTo(PLAN.topic(new PrinterId("voron")));
        assertThat(steps.get(PLAN.topic(new PrinterId("voron"))))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.payload()).isEmpty();
                    assertThat(step.after()).isEqualTo(KnownComponents.none());
                });
    }

    @Test
    void everythingIsRemovedIfDiscoveryIsOff() {
        DiscoveryPlan off = DiscoveryFixture.plan("printer2mqtt", "homeassistant", Set.of(), Discovery.OFF);

        Map<Topic, List<DiscoveryPlan.Step>> steps =
                DiscoveryPlan.steps(announced(PLAN.wanted(List.of(VORON))), off.wanted(List.of(VORON)));

        assertThat(off.isOn()).isFalse();
        assertThat(steps)
                .hasSize(2)
                .allSatisfy((topic, messages) -> assertThat(messages)
                        .singleElement()
                        .satisfies(step -> assertThat(step.payload()).isEmpty()));
    }

    @Test
    void changedPrefixOrBaseTopicRemovesTheOldDevices() {
        Map<String, KnownComponents> announced = announced(PLAN.wanted(List.of(VORON)));

        for (DiscoveryPlan other : List.of(
                DiscoveryFixture.plan("printer2mqtt", "hass/discovery", DiscoveryFixture.ALL_VERBS, Discovery.DEVICE),
                DiscoveryFixture.plan("home/printers", DiscoveryFixture.ALL_VERBS))) {
            Map<Topic, List<DiscoveryPlan.Step>> steps = DiscoveryPlan.steps(announced, other.wanted(List.of(VORON)));

            List<String> cleared = new ArrayList<>();
            List<String> set = new ArrayList<>();
            steps.forEach(
                    (topic, messages) -> (messages.get(0).payload().length == 0 ? cleared : set).add(topic.text()));
            PrinterId voron = new PrinterId("voron");
            assertThat(cleared)
                    .containsExactly(
                            PLAN.bridgeTopic().text(), PLAN.topic(voron).text());
            assertThat(set)
                    .containsExactly(
                            other.bridgeTopic().text(), other.topic(voron).text());
        }
    }

    @Test
    void otherTopicsAreIgnored() {
        Map<String, KnownComponents> announced = Map.of("printer2mqtt/printers/voron/state", KnownComponents.none());

        assertThat(DiscoveryPlan.steps(announced, List.of())).isEmpty();
        assertThat(DiscoveryPlan.parseTopic("printer2mqtt/printers/voron/state"))
                .isNull();
        assertThat(DiscoveryPlan.parseTopic("homeassistant/device/a.b/config")).isNull();
        assertThat(DiscoveryPlan.parseTopic(PLAN.bridgeTopic().text())).isEqualTo(PLAN.bridgeTopic());
    }

    @Test
    void knownComponentsAreStoredAndParsed() {
        KnownComponents known = PLAN.printer(VORON).known();

        assertThat(KnownComponents.parse(known.text())).isEqualTo(known);
        assertThat(KnownComponents.parse("")).isEqualTo(KnownComponents.none());
        assertThat(KnownComponents.parse("event:event,light:switch,,x,:sensor").text())
                .isEqualTo("event:event");
    }

    private static Map<String, KnownComponents> announced(List<DeviceMessage> messages) {
        Map<String, KnownComponents> announced = new LinkedHashMap<>();
        messages.forEach(message -> announced.put(message.topic().text(), message.known()));
        return announced;
    }

    private static JsonObject components(DiscoveryPlan.Step step) {
        return new JsonObject(Buffer.buffer(step.payload())).getJsonObject("components");
    }
}
