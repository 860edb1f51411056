package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.driver.prusalink.PrusaLinkDriver;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
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
        DeviceMessage wanted =
                DiscoveryFixture.plan("printer2mqtt", EnumSet.of(Verb.PAUSE)).printer(VORON);

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
        assertThat(DiscoveryPlan.Step.between(PLAN.printer(VORON).known(), null))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.payload()).isEmpty();
                    assertThat(step.after()).isEqualTo(KnownComponents.none());
                });
    }

    @Test
    void otherTopicsAreNotParsed() {
        Topic bridge = PLAN.bridge().topic();

        assertThat(DiscoveryPlan.parseTopic("printer2mqtt/printers/voron/state"))
                .isNull();
        assertThat(DiscoveryPlan.parseTopic("homeassistant/device/a.b/config")).isNull();
        assertThat(DiscoveryPlan.parseTopic(bridge.text())).isEqualTo(bridge);
    }

    @Test
    void knownComponentsAreStoredAndParsed() {
        KnownComponents known = PLAN.printer(VORON).known();

        assertThat(KnownComponents.parse(known.text())).isEqualTo(known);
        assertThat(KnownComponents.parse("")).isEqualTo(KnownComponents.none());
        assertThat(KnownComponents.parse("event:event,lamp:light,,x,:sensor").text())
                .isEqualTo("event:event");
    }

    private static JsonObject components(DiscoveryPlan.Step step) {
        return new JsonObject(Buffer.buffer(step.payload())).getJsonObject("components");
    }
}
