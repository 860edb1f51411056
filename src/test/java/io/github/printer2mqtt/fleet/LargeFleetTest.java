package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The snapshot of a fleet of thousands. */
class LargeFleetTest {
    private final FleetState fleet = TestFleet.create(0, System::nanoTime);

    @Test
    void printersStaySortedById() {
        Random random = new Random(62);
        TreeSet<PrinterId> expected = new TreeSet<>();
        for (int i = 0; i < 3_000; i++) {
            PrinterId id = new PrinterId("printer-" + random.nextInt(800));
            if (random.nextInt(3) == 0) {
                fleet.remove(id);
                expected.remove(id);
            } else {
                register(id);
                expected.add(id);
            }
        }
        FleetSnapshot snapshot = fleet.snapshot();
        assertThat(snapshot.size()).isEqualTo(expected.size());
        assertThat(snapshot.documents().stream()
                        .map(document -> document.status().id()))
                .containsExactlyElementsOf(expected);
        for (int i = 0; i < 800; i++) {
            PrinterId id = new PrinterId("printer-" + i);
            if (expected.contains(id)) {
                assertThat(Objects.requireNonNull(snapshot.find(id)).status().id())
                        .isEqualTo(id);
            } else {
                assertThat(snapshot.find(id)).isNull();
            }
        }
    }

    private void register(PrinterId id) {
        Printer printer = TestPrinters.printer(id, "Printer", "prusalink", "192.0.2.20");
        fleet.register(printer, Set.of(), 2);
    }
}
