package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetScenario.idle;
import static io.github.printer2mqtt.fleet.FleetScenario.printing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.AvailabilityStatus.Presence;
import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.JobStatus;
import io.github.printer2mqtt.printer.PollFailure;
import io.github.printer2mqtt.printer.FailureReason;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Reading;
import io.github.printer2mqtt.printer.Status;
import io.github.printer2mqtt.printer.Temperature;
import io.github.printer2mqtt.printer.Temperatures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Given polls that answer and polls that do not, then a printer is unknown, online, late or offline. */
class AvailabilityStatusTest {
    @Test
    void aPrinterIsUnknownUntilItIsDecided() {
        FleetScenario story = FleetScenario.start();
        assertThat(story.status().state()).isEqualTo(PrinterState.UNKNOWN);
        assertThat(story.status().online()).isFalse();

        story.misses(1);
        assertThat(story.status().state()).isEqualTo(PrinterState.UNKNOWN);
        assertThat(story.status().poll().failures()).isEqualTo(1);

        story.misses(1);
        assertThat(story.status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(story.events).as("it was never there").isEmpty();
    }

    @Test
    void oneMissedPollKeepsTheLastValues() {
        FleetScenario story = FleetScenario.start().says(warm()).misses(1);

        Status status = story.status();
        assertThat(status.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(status.online()).isTrue();
        assertThat(status.temperatures().nozzle()).isEqualTo(new Temperature(214.8, 215.0));
        assertThat(status.poll().failures()).isEqualTo(1);
        assertThat(status.poll().reason()).isEqualTo(FailureReason.TIMEOUT);
        assertThat(story.events).isEmpty();
    }

    @Test
    void anOfflinePrinterShowsNoLiveValuesAndAStaleJob() {
        FleetScenario story = FleetScenario.start().says(warm()).misses(2);

        Status status = story.status();
        assertThat(status.state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(status.online()).isFalse();
        assertThat(status.temperatures()).isEqualTo(Temperatures.unknown());
        assertThat(status.rawState()).isNull();
        assertThat(status.speed()).isNull();
        JobStatus job = Objects.requireNonNull(status.job());
        assertThat(job.stale()).isTrue();
        assertThat(job.finishAt()).isNull();
        assertThat(job.job().file()).isEqualTo("file-1.gcode");
        assertThat(story.eventTypes()).containsExactly("printer_offline");
    }

    @Test
    void offlineAfterIsThePrintersOwn() {
        FleetScenario story = FleetScenario.start(4, Map.of()).says(idle()).misses(3);
        assertThat(story.status().state()).isEqualTo(PrinterState.IDLE);

        story.misses(1);
        assertThat(story.status().state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void aRefusalIsOfflineAtOnceAndSaysWhy() {
        FleetScenario story = FleetScenario.start().says(idle()).says(new PollFailure(FailureReason.AUTH, "the key is wrong"));

        assertThat(story.status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(story.status().poll().reason()).isEqualTo(FailureReason.AUTH);
        assertThat(story.status().message()).isEqualTo("the key is wrong");
    }

    @Test
    void aDisabledPrinterIsOfflineWithoutAnyEvent() {
        FleetScenario story = FleetScenario.start().says(printing("1")).register(FleetScenario.disabled());

        assertThat(story.status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(story.status().poll().reason()).isEqualTo(FailureReason.DISABLED);
        assertThat(story.events).isEmpty();

        story.register(FleetScenario.printer());
        assertThat(story.status().state()).isEqualTo(PrinterState.UNKNOWN);
        assertThat(story.says(printing("1")).events).isEmpty();
    }

    @Test
    void aReadingAfterMissesMakesItOnlineAgain() {
        FleetScenario story = FleetScenario.start().says(idle()).misses(5).says(idle());

        assertThat(story.status().online()).isTrue();
        assertThat(story.status().poll().failures()).isZero();
        assertThat(story.status().poll().reason()).isNull();
        assertThat(story.eventTypes()).containsExactly("printer_offline", "printer_online");
    }

    @Test
    void anObservationOfAReplacedWatchIsDropped() {
        FleetScenario story = FleetScenario.start().says(idle());
        assertThat(story.observeAs(1, printing("1"))).isNotNull();
        story.register(FleetScenario.renamed("Other"));

        assertThat(story.observeAs(1, idle())).isNull();
        assertThat(story.book().droppedObservations()).isEqualTo(1);
        assertThat(story.status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void aRenamedPrinterKeepsItsValues() {
        FleetScenario story = FleetScenario.start().says(warm()).register(FleetScenario.renamed("Other"));

        assertThat(story.status().name()).isEqualTo("Other");
        assertThat(story.status().online()).isTrue();
        assertThat(story.status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void aRemovedPrinterIsGone() {
        FleetScenario story = FleetScenario.start().says(printing("1"));
        long version = story.book().snapshot().version();

        story.book().remove(FleetScenario.ID);

        assertThat(story.book().snapshot().find(FleetScenario.ID)).isNull();
        assertThat(story.book().snapshot().size()).isZero();
        assertThat(story.book().snapshot().version()).isGreaterThan(version);
        assertThat(story.ledger).isEmpty();
        assertThat(story.observe(idle())).isNull();
    }

    @Test
    void theStandingTellsTheWatch() {
        FleetScenario story = FleetScenario.start();
        assertThat(story.observe(printing("1")))
                .isEqualTo(new AvailabilityStatus(Presence.ONLINE, PrinterState.PRINTING, 0, null));
        assertThat(story.observe(PollFailure.of(FailureReason.REFUSED)))
                .isEqualTo(new AvailabilityStatus(Presence.LATE, PrinterState.PRINTING, 1, FailureReason.REFUSED));
        assertThat(story.observe(PollFailure.of(FailureReason.REFUSED)))
                .isEqualTo(new AvailabilityStatus(Presence.OFFLINE, PrinterState.OFFLINE, 2, FailureReason.REFUSED));
    }

    @Test
    void theFinishIsRoundedToTheMinute() {
        Job job = new Job("1", "a", 42.5, 1200L, 1525L, null, null);
        FleetScenario story = FleetScenario.start().says(FleetScenario.reading(PrinterState.PRINTING, job));

        // 09:50:02 and 25 min 25 s
        assertThat(Objects.requireNonNull(story.status().job()).finishAt())
                .isEqualTo(Instant.parse("2026-11-21T10:15:00Z"));
    }

    @Test
    void everyObservationRaisesTheVersion() {
        FleetScenario story = FleetScenario.start();
        long before = story.book().snapshot().version();
        story.says(idle()).says(idle()).misses(1);
        assertThat(story.book().snapshot().version()).isEqualTo(before + 3);
    }

    @Test
    void noiseIsNotAnnouncedButTheHeartbeatIs() {
        FleetScenario story = FleetScenario.start().says(at(60.0, 10.0, 1000));
        int announced = story.changes.size();

        story.says(at(60.1, 10.4, 985)).says(at(59.9, 10.9, 971));
        assertThat(story.changes).hasSize(announced);

        story.says(at(60.2, 10.9, 971));
        assertThat(story.changes).as("two tenths of a degree").hasSize(announced + 1);
        story.says(at(60.2, 11.8, 971)).says(at(60.2, 11.9, 971));
        assertThat(story.changes).as("one percent").hasSize(announced + 2);
        story.says(at(60.2, 11.9, 942)).says(at(60.2, 11.9, 941));
        assertThat(story.changes).as("thirty seconds").hasSize(announced + 3);

        story.waits(Duration.ofSeconds(60)).says(at(60.2, 11.9, 941));
        assertThat(story.changes).as("the heartbeat").hasSize(announced + 4);
    }

    @Test
    void aMissAndItsEndAreAnnounced() {
        FleetScenario story = FleetScenario.start().says(idle());
        int announced = story.changes.size();

        story.misses(1);
        assertThat(story.changes).hasSize(announced + 1);
        story.says(idle());
        assertThat(story.changes).hasSize(announced + 2);
    }

    @Test
    void changesLeadFromTheAnnouncedToTheNewStatus() {
        FleetScenario story = FleetScenario.start().says(idle()).says(printing("1"));

        for (int i = 1; i < story.changes.size(); i++) {
            assertThat(story.changes.get(i).before())
                    .isSameAs(story.changes.get(i - 1).after());
        }
        assertThat(story.changes.get(0).before()).isNull();
    }

    private static Reading warm() {
        Temperatures hot = new Temperatures(List.of(new Temperature(214.83, 215.0)), new Temperature(60.0, 60.0), null);
        return new Reading(PrinterState.PRINTING, "PRINTING", null, hot, FleetScenario.job("1"), null, 100, 40, "MK4");
    }

    private static Reading at(double bed, double progress, long remaining) {
        Temperatures hot = new Temperatures(List.of(), new Temperature(bed, 60.0), null);
        Job job = new Job("1", "a.gcode", progress, 5L, remaining, null, null);
        return new Reading(PrinterState.PRINTING, "PRINTING", null, hot, job, null, null, null, null);
    }
}
