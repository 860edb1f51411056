package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.model.Capability;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 77, 86: messages are valid for any name, capability and hardware of a printer. */
class DiscoveryMessageTest {
    private static final List<ObservedHardware> HARDWARE = List.of(
            ObservedHardware.unknown(), new ObservedHardware(1, true, false), new ObservedHardware(16, true, true));

    private static final DiscoveryPlan PLAN =
            DiscoveryFixture.withThumbnails(DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS));

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
    void anyPrinterNameIsValid(String name) {
        for (Driver driver : RegisteredDrivers.all()) {
            for (Set<Capability> capabilities : subsets()) {
                for (ObservedHardware hardware : HARDWARE) {
                    DeviceMessage message = PLAN.printer(DiscoveryFixture.facts(
                            DiscoveryFixture.printer("mk4-left", name, driver.id()), driver, capabilities, hardware));

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
    void anyIdsAreValid(String base, String id) {
        DiscoveryPlan plan = DiscoveryFixture.withThumbnails(DiscoveryFixture.plan(base, DiscoveryFixture.ALL_VERBS));
        for (Driver driver : RegisteredDrivers.all()) {
            PrinterFacts most = DiscoveryFixture.facts(id, driver).with(new ObservedHardware(16, true, true));

            assertThat(problems(plan.printer(most))).isEmpty();
        }
        assertThat(problems(plan.bridge())).isEmpty();
    }

    /** Some tools cut off messages beyond 20,000 bytes. */
    @Test
    void longestTopicsAreValid() {
        DiscoveryPlan plan =
                DiscoveryFixture.withThumbnails(DiscoveryFixture.plan("ü".repeat(200), DiscoveryFixture.ALL_VERBS));
        DeviceMessage message = plan.printer(
                DiscoveryFixture.withAllFields(DiscoveryFixture.facts("a".repeat(63), new MoonrakerDriver())
                        .with(new ObservedHardware(16, true, true))));

        assertThat(problems(message)).allMatch(problem -> problem.matches("message: has 1\\d{4} bytes"));
        assertThat(problems(plan.bridge())).isEmpty();
    }

    @Test
    void usualIdsLeaveRoomForAllNozzles() {
        PrinterFacts changer =
                DiscoveryFixture.facts("toolchanger", new MoonrakerDriver()).with(new ObservedHardware(16, true, true));

        DiscoveryPlan usual = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS);
        assertThat(usual.printer(changer).known().platforms()).containsKeys("nozzle_8_temperature", "nozzle_8_target");
        assertThat(PLAN.printer(changer).known().platforms()).containsKeys("nozzle_7_target", "thumbnail");
    }

    @Test
    void onlyMessagesThatWouldBeTooLongHaveShortKeys() {
        PrinterFacts usual =
                DiscoveryFixture.withAllFields(DiscoveryFixture.facts("left-printer", new MoonrakerDriver())
                        .with(new ObservedHardware(2, true, true)));
        PrinterFacts changer =
                DiscoveryFixture.withAllFields(DiscoveryFixture.facts("toolchanger", new MoonrakerDriver())
                        .with(new ObservedHardware(16, true, true)));

        JsonObject readable = DiscoveryFixture.json(PLAN.printer(usual)).getJsonObject("components");
        DiscoveryPlan withoutThumbnails = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS);
        DeviceMessage message = withoutThumbnails.printer(changer);
        JsonObject shortened = DiscoveryFixture.json(message).getJsonObject("components");

        assertThat(readable.getJsonObject("plate").fieldNames()).contains("unique_id", "value_template");
        assertThat(shortened.getJsonObject("plate").fieldNames())
                .contains("platform", "name", "uniq_id", "val_tpl", "ops", "avty")
                .doesNotContain("unique_id", "value_template");
        assertThat(shortened.fieldNames()).contains("nozzle_8_target", "problems", "filament");
        assertThat(problems(message)).isEmpty();
    }

    /** No known printer reports all fields and has more than two nozzles. */
    @Test
    void usualIdsLeaveRoomForTwoNozzlesBesideAllFields() {
        PrinterFacts most = DiscoveryFixture.withAllFields(DiscoveryFixture.facts("left-printer", new MoonrakerDriver())
                .with(new ObservedHardware(2, true, true)));

        assertThat(PLAN.printer(most).known().platforms())
                .containsKeys("nozzle_2_target", "problems", "filament", "active_nozzle", "light", "thumbnail");
    }

    @Test
    void entityIdsAreUniqueAcrossTwoBridges() {
        List<String> identities = new ArrayList<>();
        for (String base : List.of("p2m", "p2m/a", "p2m-a", "p2m ä", "p2m ö")) {
            DiscoveryPlan plan = DiscoveryFixture.plan(base, DiscoveryFixture.ALL_VERBS);
            List<PrinterFacts> printers = List.of(
                    DiscoveryFixture.facts("a", new MoonrakerDriver()),
                    DiscoveryFixture.facts("a-bridge", new MoonrakerDriver()));
            List<DeviceMessage> messages = new ArrayList<>(List.of(plan.bridge()));
            printers.forEach(facts -> messages.add(plan.printer(facts)));
            for (DeviceMessage message : messages) {
                JsonObject components = DiscoveryFixture.json(message).getJsonObject("components");
                components.forEach(one -> identities.add(((JsonObject) one.getValue()).getString("unique_id")));
            }
        }
        assertThat(identities).doesNotHaveDuplicates().allMatch(identity -> identity.startsWith("p2m"));
    }

    private static List<String> problems(DeviceMessage message) {
        return DiscoveryMessageValidator.problems(message.topic().text(), message.bytes());
    }

    private static String withoutDeviceName(DeviceMessage message) {
        JsonObject json = DiscoveryFixture.json(message);
        json.getJsonObject("device").remove("name");
        return json.encode();
    }

    /** None, all, each alone and each missing. */
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
