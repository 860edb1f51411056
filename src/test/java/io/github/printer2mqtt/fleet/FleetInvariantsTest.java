package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Invariants of events for random sequences of readings, failures and restarts. */
class FleetInvariantsTest {
    private static final int SEQUENCES = 3_000;
    private static final int STEPS = 60;
    private static final Set<PrinterEvent.Type> NEED_NO_SESSION =
            Set.of(PrinterEvent.Type.PRINTER_ONLINE, PrinterEvent.Type.PLATE_READY, PrinterEvent.Type.PLATE_CLEARED);
    private static final List<PrinterState> STATES = List.of(PrinterState.values());

    @Test
    void invariantsHoldForAnySequence() {
        long seed = Long.getLong("printer2mqtt.seed", new Random().nextLong());
        Random seeds = new Random(seed);
        for (int i = 0; i < SEQUENCES; i++) {
            long own = seeds.nextLong();
            new Sequence(new Random(own), "seed " + seed + ", sequence " + i).run();
        }
    }

    private static final class Sequence {
        private final Random random;
        private final String name;
        private final List<PrinterEvent> all = new ArrayList<>();
        private final List<String> notifications = new ArrayList<>();
        private FleetScenario scenario = FleetScenario.start();

        Sequence(Random random, String name) {
            this.random = random;
            this.name = name;
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            assertEachJobEndsOnce();
            assertNoEventIdTwiceInOneLife();
        }

        private void step() {
            int dice = random.nextInt(20);
            if (dice == 0) {
                notifications.add("restart");
                scenario = scenario.restarted();
                return;
            }
            if (dice == 1) {
                notifications.add("register");
                scenario.register(random.nextBoolean() ? FleetScenario.printer() : FleetScenario.renamed("n" + dice));
                return;
            }
            Status before = scenario.status();
            int known = scenario.events.size();
            PollResult result = dice < 6 ? PollFailure.of(FailureReason.TIMEOUT) : reading();
            notifications.add(result.toString());
            scenario.reports(result);
            List<PrinterEvent> fresh = scenario.events.subList(known, scenario.events.size());
            all.addAll(fresh);
            assertHonest(before, fresh);
            assertStatusIsWhole(scenario.status());
        }

        private void assertHonest(Status before, List<PrinterEvent> fresh) {
            for (PrinterEvent event : fresh) {
                boolean fromNothing = before.state() == PrinterState.UNKNOWN || before.state() == PrinterState.OFFLINE;
                if (!NEED_NO_SESSION.contains(event.type()) && !isUnknownReading(before)) {
                    assertThat(fromNothing)
                            .as("%s: %s after %s\n%s", name, event, before, notifications)
                            .isFalse();
                }
                if (event.type().isJobEnd()) {
                    assertThat(event.to())
                            .as("%s: an end needs proof\n%s", name, notifications)
                            .isIn(PrinterState.FINISHED, PrinterState.CANCELLED, PrinterState.ERROR, PrinterState.IDLE);
                }
            }
        }

        /** A printer may report an unknown state itself; it is online then. */
        private static boolean isUnknownReading(Status status) {
            return status.online() && status.state() == PrinterState.UNKNOWN;
        }

        private void assertStatusIsWhole(Status status) {
            boolean offline = status.state() == PrinterState.OFFLINE;
            assertThat(offline && status.online()).as(name).isFalse();
            if (status.poll().failures() == 0 && status.online()) {
                assertThat(status.poll().reason()).as(name).isNull();
            }
            if (status.job() != null) {
                assertThat(status.job().stale()).as(name).isEqualTo(offline);
            }
        }

        private void assertEachJobEndsOnce() {
            Set<String> ended = new HashSet<>();
            for (PrinterEvent event : all) {
                if (event.type().isJobEnd()) {
                    String id = Objects.requireNonNull(
                            Objects.requireNonNull(event.job()).job().id());
                    assertThat(ended.add(id))
                            .as("%s: job %s ended twice\n%s", name, id, notifications)
                            .isTrue();
                }
            }
        }

        private void assertNoEventIdTwiceInOneLife() {
            Set<String> ids = new HashSet<>();
            scenario.events.forEach(event -> assertThat(ids.add(event.id()))
                    .as("%s: %s", name, event.id())
                    .isTrue());
        }

        private int job = 1;
        private int startIndex = -100;

        private Reading reading() {
            PrinterState state = STATES.get(random.nextInt(STATES.size()));
            if (state == PrinterState.OFFLINE) {
                state = PrinterState.IDLE;
            }
            if (state == PrinterState.PRINTING && random.nextInt(4) == 0) {
                job++;
                startIndex = notifications.size();
            }
            JobResult outcome = state == PrinterState.IDLE && random.nextInt(3) == 0 ? JobResult.CANCELLED : null;
            return new Reading(state, null, null, Temperatures.unknown(), jobOf(state), outcome, null, null, null);
        }

        private @Nullable Job jobOf(PrinterState state) {
            return switch (state) {
                case PREPARING, PRINTING, PAUSED -> named();
                case FINISHED, CANCELLED, ERROR, BUSY, ATTENTION -> random.nextBoolean() ? named() : null;
                case IDLE, UNKNOWN, OFFLINE -> null;
            };
        }

        /** The same print continues, so its elapsed time only grows. */
        private Job named() {
            long elapsed = 2L * (notifications.size() - startIndex);
            return new Job(String.valueOf(job), "f" + job, 1.0, elapsed, 10L, null, null);
        }
    }
}
