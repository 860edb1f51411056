package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.printing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.AvailabilityStatus.Availability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The availability of a printer after successful and failed polls. */
class AvailabilityStatusTest {
    @Test
    void printerIsUnknownUntilDecided() {
        FleetScenario scenario = FleetScenario.start();
        assertThat(scenario.status().state()).isEqualTo(PrinterState.UNKNOWN);
        assertThat(scenario.status().online()).isFalse();

        scenario.fails(1);
        assertThat(scenario.status().state()).isEqualTo(PrinterState.UNKNOWN);
        assertThat(scenario.status().poll().failures()).isEqualTo(1);

        scenario.fails(1);
        assertThat(scenario.status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(scenario.events).as("no event before the first decision").isEmpty();
    }

    @Test
    void oneFailedPollKeepsTheLastValues() {
        FleetScenario scenario = FleetScenario.start().reports(warm()).fails(1);

        Status status = scenario.status();
        assertThat(status.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(status.online()).isTrue();
        assertThat(status.temperatures().nozzle()).isEqualTo(new Temperatures.Temperature(214.8, 215.0));
        assertThat(status.poll().failures()).isEqualTo(1);
        assertThat(status.poll().reason()).isEqualTo(FailureReason.TIMEOUT);
        assertThat(scenario.events).isEmpty();
    }

    @Test
    void offlinePrinterShowsNoValuesButAStaleJob() {
        FleetScenario scenario = FleetScenario.start().reports(warm()).fails(2);

        Status status = scenario.status();
        assertThat(status.state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(status.online()).isFalse();
        assertThat(status.temperatures()).isEqualTo(Temperatures.unknown());
        assertThat(status.rawState()).isNull();
        assertThat(status.speed()).isNull();
        Status.CurrentJob job = Objects.requireNonNull(status.job());
        assertThat(job.stale()).isTrue();
        assertThat(job.finishAt()).isNull();
        assertThat(job.job().file()).isEqualTo("file-1.gcode");
        assertThat(scenario.eventTypes()).containsExactly("printer_offline");
    }

    @Test
    void printerMayOverrideOfflineAfter() {
        FleetScenario scenario =
                FleetScenario.start(4, Map.of()).reports(idle()).fails(3);
        assertThat(scenario.status().state()).isEqualTo(PrinterState.IDLE);

        scenario.fails(1);
        assertThat(scenario.status().state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void rejectedCredentialsMeanOfflineAtOnce() {
        FleetScenario scenario =
                FleetScenario.start().reports(idle()).reports(new PollFailure(FailureReason.AUTH, "the key is wrong"));

        assertThat(scenario.status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(scenario.status().poll().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(scenario.status().message()).isEqualTo("the key is wrong");
    }

    @Test
    void disabledPrinterIsOfflineWithoutEvent() {
        FleetScenario scenario = FleetScenario.start().reports(printing("1")).register(FleetScenario.disabled());

        assertThat(scenario.status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(scenario.status().poll().reason()).isEqualTo(FailureReason.DISABLED);
        assertThat(scenario.events).isEmpty();

        scenario.register(FleetScenario.printer());
        assertThat(scenario.status().state()).isEqualTo(PrinterState.UNKNOWN);
        assertThat(scenario.reports(printing("1")).events).isEmpty();
    }

    @Test
    void readingAfterFailuresMeansOnline() {
        FleetScenario scenario = FleetScenario.start().reports(idle()).fails(5).reports(idle());

        assertThat(scenario.status().online()).isTrue();
        assertThat(scenario.status().poll().failures()).isZero();
        assertThat(scenario.status().poll().reason()).isNull();
        assertThat(scenario.eventTypes()).containsExactly("printer_offline", "printer_online");
    }

    @Test
    void observationOfAReplacedMonitorIsDropped() {
        FleetScenario scenario = FleetScenario.start().reports(idle());
        assertThat(scenario.observeAs(1, printing("1"))).isNotNull();
        scenario.register(FleetScenario.renamed("Other"));

        assertThat(scenario.observeAs(1, idle())).isNull();
        assertThat(scenario.fleet().droppedObservations()).isEqualTo(1);
        assertThat(scenario.status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void renamedPrinterKeepsItsValues() {
        FleetScenario scenario = FleetScenario.start().reports(warm()).register(FleetScenario.renamed("Other"));

        assertThat(scenario.status().name()).isEqualTo("Other");
        assertThat(scenario.status().online()).isTrue();
        assertThat(scenario.status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void removedPrinterIsGone() {
        FleetScenario scenario = FleetScenario.start().reports(printing("1"));
        long version = scenario.fleet().snapshot().version();

        scenario.fleet().remove(FleetScenario.ID);

        assertThat(scenario.fleet().snapshot().find(FleetScenario.ID)).isNull();
        assertThat(scenario.fleet().snapshot().size()).isZero();
        assertThat(scenario.fleet().snapshot().version()).isGreaterThan(version);
        assertThat(scenario.stored).isEmpty();
        assertThat(scenario.observe(idle())).isNull();
    }

    @Test
    void recordingReturnsTheAvailability() {
        FleetScenario scenario = FleetScenario.start();
        assertThat(scenario.observe(printing("1")))
                .isEqualTo(new AvailabilityStatus(Availability.ONLINE, PrinterState.PRINTING, 0, null));
        assertThat(scenario.observe(PollFailure.of(FailureReason.REFUSED)))
                .isEqualTo(new AvailabilityStatus(Availability.LATE, PrinterState.PRINTING, 1, FailureReason.REFUSED));
        assertThat(scenario.observe(PollFailure.of(FailureReason.REFUSED)))
                .isEqualTo(
                        new AvailabilityStatus(Availability.OFFLINE, PrinterState.OFFLINE, 2, FailureReason.REFUSED));
    }

    @Test
    void finishIsRoundedToTheMinute() {
        Job job = new Job("1", "a", 42.5, 1200L, 1525L, null, null);
        FleetScenario scenario = FleetScenario.start().reports(FleetScenario.reading(PrinterState.PRINTING, job));

        // 09:50:02 and 25 min 25 s
        assertThat(Objects.requireNonNull(scenario.status().job()).finishAt())
                .isEqualTo(Instant.parse("2026-11-21T10:15:00Z"));
    }

    @Test
    void everyObservationRaisesTheVersion() {
        FleetScenario scenario = FleetScenario.start();
        long before = scenario.fleet().snapshot().version();
        scenario.reports(idle()).reports(idle()).fails(1);
        assertThat(scenario.fleet().snapshot().version()).isEqualTo(before + 3);
    }

    @Test
    void noiseIsNotPublishedButTheHeartbeatIs() {
        FleetScenario scenario = FleetScenario.start().reports(at(60.0, 10.0, 1000));
        int announced = scenario.changes.size();

        scenario.reports(at(60.1, 10.4, 985)).reports(at(59.9, 10.9, 971));
        assertThat(scenario.changes).hasSize(announced);

        scenario.reports(at(60.2, 10.9, 971));
        assertThat(scenario.changes).as("two tenths of a degree").hasSize(announced + 1);
        scenario.reports(at(60.2, 11.8, 971)).reports(at(60.2, 11.9, 971));
        assertThat(scenario.changes).as("one percent").hasSize(announced + 2);
        scenario.reports(at(60.2, 11.9, 942)).reports(at(60.2, 11.9, 941));
        assertThat(scenario.changes).as("thirty seconds").hasSize(announced + 3);

        scenario.waits(Duration.ofSeconds(60)).reports(at(60.2, 11.9, 941));
        assertThat(scenario.changes).as("the heartbeat").hasSize(announced + 4);
    }

    @Test
    void failureAndRecoveryArePublished() {
        FleetScenario scenario = FleetScenario.start().reports(idle());
        int announced = scenario.changes.size();

        scenario.fails(1);
        assertThat(scenario.changes).hasSize(announced + 1);
        scenario.reports(idle());
        assertThat(scenario.changes).hasSize(announced + 2);
    }

    @Test
    void changesContainTheLastPublishedStatus() {
        FleetScenario scenario = FleetScenario.start().reports(idle()).reports(printing("1"));

        for (int i = 1; i < scenario.changes.size(); i++) {
            assertThat(scenario.changes.get(i).before())
                    .isSameAs(scenario.changes.get(i - 1).after());
        }
        assertThat(scenario.changes.get(0).before()).isNull();
    }

    private static Reading warm() {
        Temperatures hot = new Temperatures(
                List.of(new Temperatures.Temperature(214.83, 215.0)), new Temperatures.Temperature(60.0, 60.0), null);
        return new Reading(PrinterState.PRINTING, "PRINTING", null, hot, FleetScenario.job("1"), null, 100, 40, "MK4");
    }

    private static Reading at(double bed, double progress, long remaining) {
        Temperatures hot = new Temperatures(List.of(), new Temperatures.Temperature(bed, 60.0), null);
        Job job = new Job("1", "a.gcode", progress, 5L, remaining, null, null);
        return new Reading(PrinterState.PRINTING, "PRINTING", null, hot, job, null, null, null, null);
    }
}
