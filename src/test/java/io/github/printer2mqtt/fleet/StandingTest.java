package io.github.printer2mqtt.fleet;

import static io.github.printer2mqtt.fleet.FleetStory.idle;
import static io.github.printer2mqtt.fleet.FleetStory.printing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.Standing.Presence;
import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.JobStatus;
import io.github.printer2mqtt.printer.Miss;
import io.github.printer2mqtt.printer.MissReason;
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
class StandingTest {
    @Test
    void aPrinterIsUnknownUntilItIsDecided() {
        FleetStory story = FleetStory.start();
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
        FleetStory story = FleetStory.start().says(warm()).misses(1);

        Status status = story.status();
        assertThat(status.state()).isEqualTo(PrinterState.PRINTING);
        assertThat(status.online()).isTrue();
        assertThat(status.temperatures().nozzle()).isEqualTo(new Temperature(214.8, 215.0));
        assertThat(status.poll().failures()).isEqualTo(1);
        assertThat(status.poll().reason()).isEqualTo(MissReason.TIMEOUT);
        assertThat(story.events).isEmpty();
    }

    @Test
    void anOfflinePrinterShowsNoLiveValuesAndAStaleJob() {
        FleetStory story = FleetStory.start().says(warm()).misses(2);

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
        FleetStory story = FleetStory.start(4, Map.of()).says(idle()).misses(3);
        assertThat(story.status().state()).isEqualTo(PrinterState.IDLE);

        story.misses(1);
        assertThat(story.status().state()).isEqualTo(PrinterState.OFFLINE);
    }

    @Test
    void aRefusalIsOfflineAtOnceAndSaysWhy() {
        FleetStory story = FleetStory.start().says(idle()).says(new Miss(MissReason.AUTH, "the key is wrong"));

        assertThat(story.status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(story.status().poll().reason()).isEqualTo(MissReason.AUTH);
        assertThat(story.status().message()).isEqualTo("the key is wrong");
    }

    @Test
    void aDisabledPrinterIsOfflineWithoutAnyEvent() {
        FleetStory story = FleetStory.start().says(printing("1")).register(FleetStory.disabled());

        assertThat(story.status().state()).isEqualTo(PrinterState.OFFLINE);
        assertThat(story.status().poll().reason()).isEqualTo(MissReason.DISABLED);
        assertThat(story.events).isEmpty();

        story.register(FleetStory.printer());
        assertThat(story.status().state()).isEqualTo(PrinterState.UNKNOWN);
        assertThat(story.says(printing("1")).events).isEmpty();
    }

    @Test
    void aReadingAfterMissesMakesItOnlineAgain() {
        FleetStory story = FleetStory.start().says(idle()).misses(5).says(idle());

        assertThat(story.status().online()).isTrue();
        assertThat(story.status().poll().failures()).isZero();
        assertThat(story.status().poll().reason()).isNull();
        assertThat(story.eventTypes()).containsExactly("printer_offline", "printer_online");
    }

    @Test
    void anObservationOfAReplacedWatchIsDropped() {
        FleetStory story = FleetStory.start().says(idle());
        assertThat(story.observeAs(1, printing("1"))).isNotNull();
        story.register(FleetStory.renamed("Other"));

        assertThat(story.observeAs(1, idle())).isNull();
        assertThat(story.book().droppedObservations()).isEqualTo(1);
        assertThat(story.status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void aRenamedPrinterKeepsItsValues() {
        FleetStory story = FleetStory.start().says(warm()).register(FleetStory.renamed("Other"));

        assertThat(story.status().name()).isEqualTo("Other");
        assertThat(story.status().online()).isTrue();
        assertThat(story.status().state()).isEqualTo(PrinterState.PRINTING);
    }

    @Test
    void aRemovedPrinterIsGone() {
        FleetStory story = FleetStory.start().says(printing("1"));
        long version = story.book().snapshot().version();

        story.book().remove(FleetStory.ID);

        assertThat(story.book().snapshot().find(FleetStory.ID)).isNull();
        assertThat(story.book().snapshot().size()).isZero();
        assertThat(story.book().snapshot().version()).isGreaterThan(version);
        assertThat(story.ledger).isEmpty();
        assertThat(story.observe(idle())).isNull();
    }

    @Test
    void theStandingTellsTheWatch() {
        FleetStory story = FleetStory.start();
        assertThat(story.observe(printing("1")))
                .isEqualTo(new Standing(Presence.ONLINE, PrinterState.PRINTING, 0, null));
        assertThat(story.observe(Miss.of(MissReason.REFUSED)))
                .isEqualTo(new Standing(Presence.LATE, PrinterState.PRINTING, 1, MissReason.REFUSED));
        assertThat(story.observe(Miss.of(MissReason.REFUSED)))
                .isEqualTo(new Standing(Presence.OFFLINE, PrinterState.OFFLINE, 2, MissReason.REFUSED));
    }

    @Test
    void theFinishIsRoundedToTheMinute() {
        Job job = new Job("1", "a", 42.5, 1200L, 1525L, null, null);
        FleetStory story = FleetStory.start().says(FleetStory.reading(PrinterState.PRINTING, job));

        // 09:50:02 and 25 min 25 s
        assertThat(Objects.requireNonNull(story.status().job()).finishAt())
                .isEqualTo(Instant.parse("2026-11-21T10:15:00Z"));
    }

    @Test
    void everyObservationRaisesTheVersion() {
        FleetStory story = FleetStory.start();
        long before = story.book().snapshot().version();
        story.says(idle()).says(idle()).misses(1);
        assertThat(story.book().snapshot().version()).isEqualTo(before + 3);
    }

    @Test
    void noiseIsNotAnnouncedButTheHeartbeatIs() {
        FleetStory story = FleetStory.start().says(at(60.0, 10.0, 1000));
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
        FleetStory story = FleetStory.start().says(idle());
        int announced = story.changes.size();

        story.misses(1);
        assertThat(story.changes).hasSize(announced + 1);
        story.says(idle());
        assertThat(story.changes).hasSize(announced + 2);
    }

    @Test
    void changesLeadFromTheAnnouncedToTheNewStatus() {
        FleetStory story = FleetStory.start().says(idle()).says(printing("1"));

        for (int i = 1; i < story.changes.size(); i++) {
            assertThat(story.changes.get(i).before())
                    .isSameAs(story.changes.get(i - 1).after());
        }
        assertThat(story.changes.get(0).before()).isNull();
    }

    private static Reading warm() {
        Temperatures hot = new Temperatures(List.of(new Temperature(214.83, 215.0)), new Temperature(60.0, 60.0), null);
        return new Reading(PrinterState.PRINTING, "PRINTING", null, hot, FleetStory.job("1"), null, 100, 40, "MK4");
    }

    private static Reading at(double bed, double progress, long remaining) {
        Temperatures hot = new Temperatures(List.of(), new Temperature(bed, 60.0), null);
        Job job = new Job("1", "a.gcode", progress, 5L, remaining, null, null);
        return new Reading(PrinterState.PRINTING, "PRINTING", null, hot, job, null, null, null, null);
    }
}
