package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.command.CommandParser;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.driver.octoprint.OctoPrintDriver;
import io.github.printer2mqtt.driver.prusalink.PrusaLinkDriver;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which entities a device has, and their availability, topics and options. */
class DiscoveryEntitiesTest {
    private static final DiscoveryPlan PLAN = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS);

    @Test
    void layersSpeedAndFanDependOnTheDriver() {
        assertThat(components(new MoonrakerDriver())).contains("layer", "layers_total", "print_speed", "fan_speed");
        assertThat(components(new PrusaLinkDriver()))
                .contains("print_speed")
                .doesNotContain("layer", "layers_total", "fan_speed");
        assertThat(components(new OctoPrintDriver()))
                .doesNotContain("layer", "layers_total", "print_speed", "fan_speed");
    }

    @Test
    void problemsFilamentNozzleAndLightDependOnTheDriver() {
        PrinterFacts plain = DiscoveryFixture.facts("v0", new MoonrakerDriver());

        assertThat(PLAN.printer(plain).known().platforms())
                .doesNotContainKeys("problems", "filament", "active_nozzle", "light");
        assertThat(PLAN.printer(DiscoveryFixture.withAllFields(plain)).known().platforms())
                .containsEntry("problems", Platform.SENSOR)
                .containsEntry("filament", Platform.SENSOR)
                .containsEntry("active_nozzle", Platform.SENSOR)
                .containsEntry("light", Platform.BINARY_SENSOR);
    }

    @Test
    void chamberAndFurtherNozzlesDependOnTheHardware() {
        PrinterFacts plain = DiscoveryFixture.facts("v0", new MoonrakerDriver());

        assertThat(PLAN.printer(plain).known().platforms())
                .containsKeys("nozzle_temperature", "bed_target")
                .doesNotContainKeys("chamber_temperature", "chamber_target", "nozzle_2_temperature");
        assertThat(PLAN.printer(plain.with(new ObservedHardware(3, true, false)))
                        .known()
                        .platforms())
                .containsKeys("chamber_temperature", "nozzle_2_temperature", "nozzle_3_target")
                .doesNotContainKeys("chamber_target", "nozzle_4_temperature");
    }

    @Test
    void buttonsNeedCapabilityAndPermission() {
        Driver driver = new MoonrakerDriver();
        PrinterFacts pauseOnly = DiscoveryFixture.facts(
                DiscoveryFixture.printer("a", "A", "moonraker"),
                driver,
                EnumSet.of(Capability.PAUSE),
                ObservedHardware.unknown());

        assertThat(buttons(Set.of(), DiscoveryFixture.facts("a", driver))).isEmpty();
        assertThat(buttons(EnumSet.of(Verb.PAUSE), DiscoveryFixture.facts("a", driver)))
                .containsExactly("pause");
        assertThat(buttons(DiscoveryFixture.ALL_VERBS, DiscoveryFixture.facts("a", driver)))
                .containsExactly("cancel", "clear_plate", "emergency_stop", "home", "pause", "resume");
        assertThat(buttons(DiscoveryFixture.ALL_VERBS, DiscoveryFixture.facts("a", new PrusaLinkDriver())))
                .containsExactly("cancel", "clear_plate", "pause", "resume");
        assertThat(buttons(DiscoveryFixture.ALL_VERBS, pauseOnly)).containsExactly("clear_plate", "pause");
    }

    @Test
    void settableTargetsNeedCapabilityAndPermission() {
        Driver driver = new MoonrakerDriver();
        Set<Verb> bedOnly = EnumSet.of(Verb.BED_TEMPERATURE);

        assertThat(targets(Set.of(), driver)).containsOnly(Platform.SENSOR);
        assertThat(targets(bedOnly, driver)).containsExactly(Platform.SENSOR, Platform.NUMBER);
        assertThat(targets(DiscoveryFixture.ALL_VERBS, driver)).containsOnly(Platform.NUMBER);
        assertThat(targets(DiscoveryFixture.ALL_VERBS, new PrusaLinkDriver())).containsOnly(Platform.SENSOR);
    }

    @Test
    void printersOwnPermissionsReplaceTheConfiguration() {
        Driver driver = new MoonrakerDriver();
        Printer plain = DiscoveryFixture.printer("a", "A", "moonraker");
        Printer homing = new Printer(
                plain.id(),
                plain.name(),
                plain.driver(),
                plain.address(),
                null,
                null,
                List.of(),
                true,
                plain.polling(),
                null,
                plain.alerts(),
                EnumSet.of(Verb.HOME),
                null);
        PrinterFacts facts = DiscoveryFixture.facts(homing, driver, driver.capabilities(), ObservedHardware.unknown());

        assertThat(buttons(Set.of(), facts)).containsExactly("home");
        assertThat(buttons(DiscoveryFixture.ALL_VERBS, facts)).containsExactly("home");
    }

    @Test
    void irreversibleButtonsAreDisabledByDefault() {
        JsonObject components = DiscoveryFixture.json(
                        PLAN.printer(DiscoveryFixture.facts("mk4", new MoonrakerDriver())))
                .getJsonObject("components");

        for (String verb : List.of("cancel", "emergency_stop")) {
            assertThat(components.getJsonObject(verb).getBoolean("enabled_by_default"))
                    .as(verb)
                    .isFalse();
        }
        assertThat(components.getJsonObject("home").containsKey("enabled_by_default"))
                .isFalse();
    }

    @Test
    void numberEntitiesSendWhatTheBridgeAccepts() {
        JsonObject components = DiscoveryFixture.json(
                        PLAN.printer(DiscoveryFixture.facts("mk4", new MoonrakerDriver())))
                .getJsonObject("components");

        for (Command.Heater heater : Command.Heater.values()) {
            JsonObject number = components.getJsonObject(heater.name().toLowerCase(Locale.ROOT) + "_target");
            assertThat(number.getString("command_topic"))
                    .isEqualTo(
                            "printer2mqtt/printers/mk4/command/" + heater.verb().wireName());
            assertThat(CommandParser.loneArgument(heater.verb())).isEqualTo("target");
            for (String limit : List.of("min", "max")) {
                JsonObject arguments = new JsonObject().put("target", number.getValue(limit));
                assertThat(CommandParser.read(heater.verb(), arguments))
                        .isEqualTo(new Command.SetTemperature(heater, number.getDouble(limit)));
            }
        }
    }

    @Test
    void offlinePrinterKeepsStatusEntitiesAvailable() {
        JsonObject message = DiscoveryFixture.json(PLAN.printer(DiscoveryFixture.facts("mk4", new PrusaLinkDriver())));

        assertThat(topics(message))
                .containsExactly("printer2mqtt/bridge/state", "printer2mqtt/printers/mk4/availability");
        assertThat(message.getString("availability_mode")).isEqualTo("all");
        JsonObject components = message.getJsonObject("components");
        for (String id : components.fieldNames()) {
            JsonObject component = components.getJsonObject(id);
            if (List.of("status", "connectivity", "event", "plate", "clear_plate")
                    .contains(id)) {
                assertThat(topics(component)).containsExactly("printer2mqtt/bridge/state");
            } else {
                assertThat(component.containsKey("availability")).as(id).isFalse();
            }
        }
    }

    @Test
    void stoppedBridgeShowsAsDisconnected() {
        JsonObject components = DiscoveryFixture.json(PLAN.bridge()).getJsonObject("components");

        assertThat(DiscoveryFixture.json(PLAN.bridge()).containsKey("availability"))
                .isFalse();
        for (String id : components.fieldNames()) {
            assertThat(components.getJsonObject(id).containsKey("availability"))
                    .as(id)
                    .isEqualTo(!id.equals("connectivity"));
        }
    }

    /** bridge/info is published once a minute, so its counts would be 0 for the first minute. */
    @Test
    void countsComeFromTheFleetTopic() {
        JsonObject components = DiscoveryFixture.json(PLAN.bridge()).getJsonObject("components");

        for (String id : List.of("printers_total", "printers_online", "printers_printing")) {
            assertThat(components.getJsonObject(id).getString("state_topic"))
                    .as(id)
                    .isEqualTo("printer2mqtt/fleet/state");
        }
    }

    @Test
    void allStatesAndEventsAreListed() {
        JsonObject components = DiscoveryFixture.json(
                        PLAN.printer(DiscoveryFixture.facts("mk4", new PrusaLinkDriver())))
                .getJsonObject("components");

        assertThat(components.getJsonObject("status").getJsonArray("options"))
                .containsExactlyElementsOf(Arrays.stream(PrinterState.values())
                        .map(PrinterState::wireName)
                        .toList());
        assertThat(components.getJsonObject("event").getJsonArray("event_types"))
                .containsExactlyElementsOf(Arrays.stream(PrinterEvent.Type.values())
                        .map(PrinterEvent.Type::wireName)
                        .toList());
    }

    @Test
    void printersAreLinkedToTheBridge() {
        JsonObject bridge = DiscoveryFixture.json(PLAN.bridge()).getJsonObject("device");
        JsonObject printer = DiscoveryFixture.json(PLAN.printer(
                        DiscoveryFixture.withModel(DiscoveryFixture.facts("mk4", new PrusaLinkDriver()), "MK4")))
                .getJsonObject("device");

        assertThat(bridge.getJsonArray("identifiers")).containsExactly(printer.getString("via_device"));
        assertThat(printer.getString("model")).isEqualTo("MK4");
        assertThat(printer.getString("configuration_url")).isEqualTo("http://192.0.2.20:80");
    }

    private static Set<String> components(Driver driver) {
        return PLAN.printer(DiscoveryFixture.facts("a", driver))
                .known()
                .platforms()
                .keySet();
    }

    private static Set<String> buttons(Set<Verb> verbs, PrinterFacts facts) {
        Set<String> buttons = new TreeSet<>();
        DiscoveryFixture.plan("printer2mqtt", verbs)
                .printer(facts)
                .known()
                .platforms()
                .forEach((id, platform) -> {
                    if (platform == Platform.BUTTON) {
                        buttons.add(id);
                    }
                });
        return buttons;
    }

    private static List<Platform> targets(Set<Verb> verbs, Driver driver) {
        Map<String, Platform> platforms = DiscoveryFixture.plan("printer2mqtt", verbs)
                .printer(DiscoveryFixture.facts("a", driver))
                .known()
                .platforms();
        return Stream.of("nozzle_target", "bed_target").map(platforms::get).toList();
    }

    private static List<String> topics(JsonObject holder) {
        JsonArray availability = holder.getJsonArray("availability");
        return availability.stream()
                .map(one -> ((JsonObject) one).getString("topic"))
                .toList();
    }
}
