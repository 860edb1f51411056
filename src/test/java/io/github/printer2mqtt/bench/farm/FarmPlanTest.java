package io.github.printer2mqtt.bench.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FarmPlanTest {
    @ParameterizedTest
    @CsvSource({
        "F12,9,1,0,2",
        "F62,52,3,2,5",
        "F1k,834,42,41,83",
        "F10k,8334,417,416,833",
        "H62,62,0,0,0",
        "D1000,0,0,1000,0"
    })
    void nameDeterminesShares(String name, int healthy, int silent, int dropping, int slow) {
        FarmPlan plan = FarmPlan.named(name, 1);

        assertThat(count(plan, PrinterBehaviour.HEALTHY)).isEqualTo(healthy);
        assertThat(count(plan, PrinterBehaviour.SILENT)).isEqualTo(silent);
        assertThat(count(plan, PrinterBehaviour.DROPPING)).isEqualTo(dropping);
        assertThat(count(plan, PrinterBehaviour.SLOW)).isEqualTo(slow);
        assertThat(plan.behaviours()).hasSize(healthy + silent + dropping + slow);
    }

    @Test
    void x62HasOnePrinterOfEveryBadBehaviour() {
        FarmPlan plan = FarmPlan.named("X62", 1);

        assertThat(plan.behaviours()).hasSize(62);
        assertThat(count(plan, PrinterBehaviour.HEALTHY)).isEqualTo(31);
        assertThat(count(plan, PrinterBehaviour.FLAPPING)).isEqualTo(6);
        for (PrinterBehaviour behaviour : EnumSet.range(PrinterBehaviour.REFUSED, PrinterBehaviour.LYING_ENCODING)) {
            assertThat(count(plan, behaviour)).as(behaviour.name()).isEqualTo(1);
        }
    }

    @Test
    void sameSeedGivesSamePlan() {
        assertThat(FarmPlan.named("F62", 7)).isEqualTo(FarmPlan.named("F62", 7)).isNotEqualTo(FarmPlan.named("F62", 8));
    }

    @ParameterizedTest
    @CsvSource({"Q12", "F", "F0", "Fxyz"})
    void unknownNameIsRejected(String name) {
        assertThatThrownBy(() -> FarmPlan.named(name, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found the farm " + name);
    }

    private static int count(FarmPlan plan, PrinterBehaviour behaviour) {
        return Collections.frequency(plan.behaviours(), behaviour);
    }
}
