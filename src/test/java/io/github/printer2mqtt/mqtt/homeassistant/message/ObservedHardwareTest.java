package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.model.Temperatures;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservedHardwareTest {
    @Test
    void growsWithEachStatus() {
        ObservedHardware none = ObservedHardware.unknown();

        ObservedHardware sensor =
                none.plusSeenIn(SampleStatuses.printing(heaters(1, new Temperatures.Temperature(31.0, null))));
        ObservedHardware heated =
                sensor.plusSeenIn(SampleStatuses.printing(heaters(5, new Temperatures.Temperature(31.0, 45.0))));

        assertThat(sensor).isEqualTo(new ObservedHardware(1, true, false));
        assertThat(heated).isEqualTo(new ObservedHardware(5, true, true));
    }

    @Test
    void isKeptWhileThePrinterIsOffline() {
        ObservedHardware seen = new ObservedHardware(2, true, true);

        assertThat(seen.plusSeenIn(SampleStatuses.offline())).isSameAs(seen);
        assertThat(seen.plusSeenIn(SampleStatuses.unknown())).isSameAs(seen);
    }

    @Test
    void isRestoredFromAnnouncedComponents() {
        DiscoveryPlan plan = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS);
        for (ObservedHardware hardware : List.of(
                new ObservedHardware(8, true, true),
                new ObservedHardware(2, true, false),
                new ObservedHardware(3, false, false))) {
            PrinterFacts facts =
                    DiscoveryFixture.facts("xl", new MoonrakerDriver()).with(hardware);

            assertThat(ObservedHardware.of(plan.printer(facts).known())).isEqualTo(hardware);
        }
        assertThat(ObservedHardware.of(KnownComponents.none())).isEqualTo(ObservedHardware.unknown());
    }

    private static Temperatures heaters(int nozzles, Temperatures.@Nullable Temperature chamber) {
        Temperatures.Temperature heater = new Temperatures.Temperature(200.0, 210.0);
        return new Temperatures(Collections.nCopies(nozzles, heater), heater, chamber);
    }
}
