package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.model.Temperatures;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a printer has is learnt from its statuses and kept. */
class EquipmentTest {
    @Test
    void growsWithWhatIsSeen() {
        Equipment none = Equipment.unknown();

        Equipment sensor = none.seenIn(Statuses.printing(heaters(1, new Temperatures.Temperature(31.0, null))));
        Equipment heated = sensor.seenIn(Statuses.printing(heaters(5, new Temperatures.Temperature(31.0, 45.0))));

        assertThat(sensor).isEqualTo(new Equipment(1, true, false));
        assertThat(heated).isEqualTo(new Equipment(5, true, true));
    }

    @Test
    void staysWhenThePrinterGoesOffline() {
        Equipment seen = new Equipment(2, true, true);

        assertThat(seen.seenIn(Statuses.offline())).isSameAs(seen);
        assertThat(seen.seenIn(Statuses.unknown())).isSameAs(seen);
    }

    @Test
    void isReadFromWhatWasAnnouncedBeforeARestart() {
        DiscoveryPlan plan = DiscoveryFleet.plan("printer2mqtt", DiscoveryFleet.ALL_VERBS);
        for (Equipment equipment :
                List.of(new Equipment(8, true, true), new Equipment(2, true, false), new Equipment(3, false, false))) {
            PrinterFacts facts =
                    DiscoveryFleet.facts("xl", new MoonrakerDriver()).with(equipment);

            assertThat(Equipment.of(plan.printer(facts).known())).isEqualTo(equipment);
        }
        assertThat(Equipment.of(KnownComponents.none())).isEqualTo(Equipment.unknown());
    }

    private static Temperatures heaters(int nozzles, Temperatures.@Nullable Temperature chamber) {
        Temperatures.Temperature heater = new Temperatures.Temperature(200.0, 210.0);
        return new Temperatures(Collections.nCopies(nozzles, heater), heater, chamber);
    }
}
