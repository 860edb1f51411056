package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.command.CommandParser;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.driver.octoprint.OctoPrintDriver;
import io.github.printer2mqtt.driver.prusalink.PrusaLinkDriver;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a printer is called, can do and has, Home Assistant takes its message. */
class DiscoveryMessageTest {
    private static final List<Equipment> EQUIPMENTS =
            List.of(Equipment.unknown(), new Equipment(1, true, false), new Equipment(16, true, true));

    private static final DiscoveryPlan PLAN = DiscoveryFleet.plan("printer2mqtt", DiscoveryFleet.ALL_VERBS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MK4 left",
                "{{ states('x') }}",
                "{% raw %}",
                "<img src=x onerror=alert(1)>",
                "\"quoted\" \\ and / more",
                "Größe 3 – Küche",
                "🖨️🔥",
                "P",
                "bed",
                "Nozzle temperature",
                "NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN"
            })
    void isTakenWhateverThePrinterIsCalled(String name) {
        for (Driver driver : DiscoveryFleet.DRIVERS) {
            for (Set<Capability> capabilities : subsets()) {
                for (Equipment equipment : EQUIPMENTS) {
                    DeviceMessage message = PLAN.printer(DiscoveryFleet.facts(
                            DiscoveryFleet.printer("mk4-left", name, driver.id()), driver, capabilities, equipment));

                    assertThat(problems(message)).isEmpty();
                    assertThat(withoutDeviceName(message)).doesNotContain("states('x')", "{% raw", "onerror", "🔥");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "printer2mqtt, a",
        "home/printers, mk4--left",
        "Hall 3/Prüfstand, 0-0",
        "p2m, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, x"
    })
    void isTakenWhateverTheIdsAreMadeOf(String base, String id) {
        DiscoveryPlan plan = DiscoveryFleet.plan(base, DiscoveryFleet.ALL_VERBS);
        for (Driver driver : DiscoveryFleet.DRIVERS) {
            PrinterFacts most = DiscoveryFleet.facts(id, driver).with(new Equipment(16, true, true));

            assertThat(problems(plan.printer(most))).isEmpty();
        }
        assertThat(problems(plan.bridge())).isEmpty();
    }

    /** Beyond 20,000 bytes tools cut messages off. */
    @Test
    void isTakenWithTheLongestTopicsThereAre() {
        DiscoveryPlan plan = DiscoveryFleet.plan("ü".repeat(200), DiscoveryFleet.ALL_VERBS);
        DeviceMessage message = plan.printer(
                DiscoveryFleet.facts("a".repeat(63), new MoonrakerDriver()).with(new Equipment(16, true, true)));

        assertThat(problems(message)).allMatch(problem -> problem.matches("message: has 1\\d{4} bytes"));
        assertThat(problems(plan.bridge())).isEmpty();
    }

    @Test
    void hasAllNozzlesWhereIdsAreOfUsualLength() {
        PrinterFacts changer =
                DiscoveryFleet.facts("toolchanger", new MoonrakerDriver()).with(new Equipment(16, true, true));

        assertThat(PLAN.printer(changer).known().platforms()).containsKeys("nozzle_8_temperature", "nozzle_8_target");
    }

    @Test
    void hasNoTwoEntitiesOfOneIdentityInAllOfTwoBridges() {
        List<String> identities = new ArrayList<>();
        for (String base : List.of("p2m", "p2m/a", "p2m-a", "p2m ä", "p2m ö")) {
            DiscoveryPlan plan = DiscoveryFleet.plan(base, DiscoveryFleet.ALL_VERBS);
            List<PrinterFacts> printers = List.of(
                    DiscoveryFleet.facts("a", new MoonrakerDriver()),
                    DiscoveryFleet.facts("a-bridge", new MoonrakerDriver()));
            for (DeviceMessage message : plan.wanted(printers)) {
                JsonObject components = json(message).getJsonObject("components");
                components.forEach(one -> identities.add(((JsonObject) one.getValue()).getString("unique_id")));
            }
        }
        assertThat(identities).doesNotHaveDuplicates().allMatch(identity -> identity.startsWith("p2m"));
    }

    @Test
    void tellsTheLayersSpeedAndFanOfThoseDriversOnlyThatKnowThem() {
        assertThat(components(new MoonrakerDriver())).contains("layer", "layers_total", "print_speed", "fan_speed");
        assertThat(components(new PrusaLinkDriver()))
                .contains("print_speed")
                .doesNotContain("layer", "layers_total", "fan_speed");
        assertThat(components(new OctoPrintDriver()))
                .doesNotContain("layer", "layers_total", "print_speed", "fan_speed");
    }

    @Test
    void hasAChamberAndMoreNozzlesOnlyWhereTheyWereSeen() {
        PrinterFacts plain = DiscoveryFleet.facts("v0", new MoonrakerDriver());

        assertThat(PLAN.printer(plain).known().platforms())
                .containsKeys("nozzle_temperature", "bed_target")
                .doesNotContainKeys("chamber_temperature", "chamber_target", "nozzle_2_temperature");
        assertThat(PLAN.printer(plain.with(new Equipment(3, true, false)))
                        .known()
                        .platforms())
                .containsKeys("chamber_temperature", "nozzle_2_temperature", "nozzle_3_target")
                .doesNotContainKeys("chamber_target", "nozzle_4_temperature");
    }

    @Test
    void hasButtonsOnlyForWhatMayBeAskedOverMqttAndCanBeDone() {
        Driver driver = new MoonrakerDriver();
        PrinterFacts pauseOnly = DiscoveryFleet.facts(
                DiscoveryFleet.printer("a", "A", "moonraker"),
                driver,
                EnumSet.of(Capability.PAUSE),
                Equipment.unknown());

        assertThat(buttons(Set.of(), DiscoveryFleet.facts("a", driver))).isEmpty();
        assertThat(buttons(EnumSet.of(Capability.PAUSE), DiscoveryFleet.facts("a", driver)))
                .containsExactly("pause");
        assertThat(buttons(DiscoveryFleet.ALL_VERBS, DiscoveryFleet.facts("a", driver)))
                .containsExactly("cancel", "emergency_stop", "home", "pause", "resume");
        assertThat(buttons(DiscoveryFleet.ALL_VERBS, DiscoveryFleet.facts("a", new PrusaLinkDriver())))
                .containsExactly("cancel", "pause", "resume");
        assertThat(buttons(DiscoveryFleet.ALL_VERBS, pauseOnly)).containsExactly("pause");
    }

    @Test
    void letsATargetBeSetOnlyWhereItMayBeAskedOverMqttAndCanBeDone() {
        Driver driver = new MoonrakerDriver();
        Set<Capability> bedOnly = EnumSet.of(Capability.BED_TEMPERATURE);

        assertThat(targets(Set.of(), driver)).containsOnly(Platform.SENSOR);
        assertThat(targets(bedOnly, driver)).containsExactly(Platform.SENSOR, Platform.NUMBER);
        assertThat(targets(DiscoveryFleet.ALL_VERBS, driver)).containsOnly(Platform.NUMBER);
        assertThat(targets(DiscoveryFleet.ALL_VERBS, new PrusaLinkDriver())).containsOnly(Platform.SENSOR);
    }

    @Test
    void goesByAPrintersOwnListWhereItHasOne() {
        Driver driver = new MoonrakerDriver();
        Printer plain = DiscoveryFleet.printer("a", "A", "moonraker");
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
                EnumSet.of(Capability.HOME));
        PrinterFacts facts = DiscoveryFleet.facts(homing, driver, driver.capabilities(), Equipment.unknown());

        assertThat(buttons(Set.of(), facts)).containsExactly("home");
        assertThat(buttons(DiscoveryFleet.ALL_VERBS, facts)).containsExactly("home");
    }

    @Test
    void leavesWhatCannotBeUndoneToThoseWhoWantIt() {
        JsonObject components = json(PLAN.printer(DiscoveryFleet.facts("mk4", new MoonrakerDriver())))
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
    void sendsAPlainNumberThatTheBridgeTakes() {
        JsonObject components = json(PLAN.printer(DiscoveryFleet.facts("mk4", new MoonrakerDriver())))
                .getJsonObject("components");

        for (Command.Heater heater : Command.Heater.values()) {
            JsonObject number = components.getJsonObject(heater.name().toLowerCase(Locale.ROOT) + "_target");
            assertThat(number.getString("command_topic"))
                    .isEqualTo("printer2mqtt/printers/mk4/command/"
                            + heater.capability().wireName());
            assertThat(CommandParser.loneArgument(heater.capability())).isEqualTo("target");
            for (String limit : List.of("min", "max")) {
                JsonObject arguments = new JsonObject().put("target", number.getValue(limit));
                assertThat(CommandParser.read(heater.capability(), arguments))
                        .isEqualTo(new Command.SetTemperature(heater, number.getDouble(limit)));
            }
        }
    }

    @Test
    void saysOfflineInWordsWhileTheBridgeRunsAndUnavailableInTheRest() {
        JsonObject message = json(PLAN.printer(DiscoveryFleet.facts("mk4", new PrusaLinkDriver())));

        assertThat(topics(message))
                .containsExactly("printer2mqtt/bridge/state", "printer2mqtt/printers/mk4/availability");
        assertThat(message.getString("availability_mode")).isEqualTo("all");
        JsonObject components = message.getJsonObject("components");
        for (String id : components.fieldNames()) {
            JsonObject component = components.getJsonObject(id);
            if (List.of("status", "connectivity", "event").contains(id)) {
                assertThat(topics(component)).containsExactly("printer2mqtt/bridge/state");
            } else {
                assertThat(component.containsKey("availability")).as(id).isFalse();
            }
        }
    }

    @Test
    void ofTheBridgeShowsItDisconnectedWhenItIsGone() {
        JsonObject components = json(PLAN.bridge()).getJsonObject("components");

        assertThat(json(PLAN.bridge()).containsKey("availability")).isFalse();
        for (String id : components.fieldNames()) {
            assertThat(components.getJsonObject(id).containsKey("availability"))
                    .as(id)
                    .isEqualTo(!id.equals("connectivity"));
        }
    }

    /** The bridge's own document comes once a minute: its counts would say 0 for the first minute. */
    @Test
    void readsCountsWhereTheyAreNeverOlderThanASecond() {
        JsonObject components = json(PLAN.bridge()).getJsonObject("components");

        for (String id : List.of("printers_total", "printers_online", "printers_printing")) {
            assertThat(components.getJsonObject(id).getString("state_topic"))
                    .as(id)
                    .isEqualTo("printer2mqtt/fleet/state");
        }
    }

    @Test
    void namesEveryStateAndEventThereIs() {
        JsonObject components = json(PLAN.printer(DiscoveryFleet.facts("mk4", new PrusaLinkDriver())))
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
    void linksPrintersToTheBridge() {
        JsonObject bridge = json(PLAN.bridge()).getJsonObject("device");
        JsonObject printer = json(PLAN.printer(
                        DiscoveryFleet.withModel(DiscoveryFleet.facts("mk4", new PrusaLinkDriver()), "MK4")))
                .getJsonObject("device");

        assertThat(bridge.getJsonArray("identifiers")).containsExactly(printer.getString("via_device"));
        assertThat(printer.getString("model")).isEqualTo("MK4");
        assertThat(printer.getString("configuration_url")).isEqualTo("http://192.0.2.20:80");
    }

    private static List<String> problems(DeviceMessage message) {
        return DiscoveryCheck.problems(message.topic().text(), message.bytes());
    }

    private static JsonObject json(DeviceMessage message) {
        return new JsonObject(Buffer.buffer(message.bytes()));
    }

    private static String withoutDeviceName(DeviceMessage message) {
        JsonObject json = json(message);
        json.getJsonObject("device").remove("name");
        return json.encode();
    }

    private static Set<String> components(Driver driver) {
        return PLAN.printer(DiscoveryFleet.facts("a", driver))
                .known()
                .platforms()
                .keySet();
    }

    private static Set<String> buttons(Set<Capability> verbs, PrinterFacts facts) {
        Set<String> buttons = new TreeSet<>();
        DiscoveryFleet.plan("printer2mqtt", verbs)
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

    private static List<Platform> targets(Set<Capability> verbs, Driver driver) {
        Map<String, Platform> platforms = DiscoveryFleet.plan("printer2mqtt", verbs)
                .printer(DiscoveryFleet.facts("a", driver))
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

    /** None, all, and each alone and missing. */
    private static List<Set<Capability>> subsets() {
        List<Set<Capability>> subsets = new ArrayList<>();
        subsets.add(EnumSet.noneOf(Capability.class));
        subsets.add(EnumSet.allOf(Capability.class));
        for (Capability one : Capability.values()) {
            subsets.add(EnumSet.of(one));
            subsets.add(EnumSet.complementOf(EnumSet.of(one)));
        }
        return subsets;
    }
}
