package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.testing.TestFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LostPrintersTest {
    private static final PrinterId SHELF = new PrinterId("shelf");

    private final FleetState fleet = TestFleet.create(0, () -> 0L);
    private final LostPrinters lost = new LostPrinters(fleet);

    private void failWith(FailureReason reason) {
        Printer printer = new Printer(
                SHELF,
                "Shelf",
                "bambu",
                AddressText.parse("192.0.2.20").withDefaultPort(8883),
                null,
                null,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
        long generation = fleet.register(printer, Set.of(), 1);
        fleet.record(
                new Observation(SHELF, generation, new PollFailure(reason, null), Duration.ofMillis(3), Instant.EPOCH));
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT", "REFUSED", "UNREACHABLE", "TLS"})
    void nothingOrAnotherMachineAnswersAtItsAddress(FailureReason reason) {
        failWith(reason);

        assertThat(lost.test(SHELF)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TIMEOUT", "REFUSED", "UNREACHABLE", "TLS"})
    void printerThatAnswersIsWhereItWas(FailureReason reason) {
        failWith(reason);

        assertThat(lost.test(SHELF)).isFalse();
    }

    @Test
    void printerThatIsNotDecidedYetOrUnknownIsNotLost() {
        assertThat(lost.test(SHELF)).isFalse();
    }
}
