package io.github.printer2mqtt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random sequences of prints with any ids: each print that was seen has exactly one start and one end, and {@code
 * last_job} follows. A model of the printer knows what it printed.
 */
class PrintSequencesTest {
    private static final int SEQUENCES = 1_000;
    private static final int PRINTS = 12;
    private static final List<End> ENDS = List.of(End.values());

    /** How a printer numbers its jobs. */
    private enum Numbering {
        NONE {
            @Override
            @Nullable String next(int print, Random random) {
                return null;
            }
        },
        RISING {
            @Override
            String next(int print, Random random) {
                return String.valueOf(print);
            }
        },
        FALLING {
            @Override
            String next(int print, Random random) {
                return String.valueOf(100 - print);
            }
        },
        ALWAYS_THE_SAME {
            @Override
            String next(int print, Random random) {
                return "1";
            }
        },
        REPEATED {
            @Override
            String next(int print, Random random) {
                return String.valueOf(random.nextInt(3));
            }
        };

        abstract @Nullable String next(int print, Random random);
    }

    /** How a print ends, as far as the bridge sees it. */
    private enum End {
        FINISHED,
        CANCELLED,
        ERROR,
        UNSEEN
    }

    @ParameterizedTest
    @EnumSource
    void eachPrintStartsAndEndsOnce(Numbering numbering) {
        for (int seed = 0; seed < SEQUENCES; seed++) {
            new Model(numbering, new Random(seed), numbering + ", seed " + seed).run();
        }
    }

    private static final class Model {
        private final Numbering numbering;
        private final Random random;
        private final String name;
        private final List<String> steps = new ArrayList<>();
        private final List<String> expected = new ArrayList<>();
        private final List<String> notifications = new ArrayList<>();
        private FleetScenario scenario = FleetScenario.start();
        private @Nullable String id;
        private String file = "a.gcode";
        private long elapsed;
        private boolean fresh;

        Model(Numbering numbering, Random random, String name) {
            this.numbering = numbering;
            this.random = random;
            this.name = name;
        }

        void run() {
            rest(1);
            End before = End.FINISHED;
            for (int print = 0; print < PRINTS; print++) {
                LastJob unseen = before == End.UNSEEN ? new LastJob(id, file, JobResult.UNKNOWN, null) : null;
                begin(print, before);
                boolean startIsSeen = maybeRestart();
                reportJob(PrinterState.PRINTING);
                if (startIsSeen) {
                    expected.add("print_started of " + file);
                }
                assertEvents();
                if (unseen != null) {
                    assertLast(unseen.id(), Objects.requireNonNull(unseen.file()), JobResult.UNKNOWN);
                }
                continuePrint();
                before = ENDS.get(random.nextInt(ENDS.size()));
                end(before);
                assertEvents();
            }
        }

        /** After an unseen end, the next print differs in id, file or elapsed time, because polls could not distinguish it otherwise. */
        private void begin(int print, End before) {
            String oldId = id;
            String oldFile = file;
            id = numbering.next(print, random);
            file = random.nextBoolean() ? "a.gcode" : "b.gcode";
            long first = random.nextInt(9);
            boolean differs = !Objects.equals(oldId, id) || !oldFile.equals(file);
            if (before == End.UNSEEN && !differs && first >= elapsed - 30) {
                file = oldFile.equals("a.gcode") ? "b.gcode" : "a.gcode";
            }
            elapsed = first;
            scenario.waits(Duration.ofSeconds(first));
        }

        private void continuePrint() {
            for (int reading = random.nextInt(6); reading >= 0; reading--) {
                switch (random.nextInt(8)) {
                    case 0 -> {
                        scenario.waits(Duration.ofMinutes(20));
                        elapsed += 1200;
                    }
                    case 1 -> scenario.waits(Duration.ofMinutes(3)).fails(1);
                    case 2 -> maybeRestart();
                    case 3 -> scenario.reports(FleetScenario.reading(PrinterState.BUSY, null));
                    default -> elapsed += 2;
                }
                reportJob(random.nextInt(5) == 0 ? PrinterState.PAUSED : PrinterState.PRINTING);
            }
        }

        private void end(End end) {
            if (end == End.UNSEEN) {
                return;
            }
            boolean isSeen = maybeRestart();
            boolean isNamed = !isSeen || random.nextBoolean();
            reports(PrinterState.valueOf(end.name()), isNamed ? job() : null);
            JobResult result = end == End.ERROR ? JobResult.FAILED : JobResult.valueOf(end.name());
            if (isSeen) {
                expected.add("print_" + result.wireName() + " of " + file);
            }
            assertLast(id, file, result);
            rest(random.nextInt(3));
            assertLast(id, file, result);
        }

        private void rest(int readings) {
            for (int i = 0; i < readings; i++) {
                reports(PrinterState.IDLE, null);
            }
        }

        /** True if the session continues, so that the next reading may cause an event. */
        private boolean maybeRestart() {
            if (random.nextInt(5) > 0) {
                return !fresh;
            }
            steps.add("restart");
            collect();
            scenario = scenario.restarted();
            fresh = true;
            return false;
        }

        private void reportJob(PrinterState state) {
            reports(state, job());
        }

        private Job job() {
            return new Job(id, file, 50.0, elapsed, 100L, null, null);
        }

        private void reports(PrinterState state, @Nullable Job job) {
            steps.add(state + " " + job);
            scenario.reports(FleetScenario.reading(state, job));
            fresh = false;
        }

        private void collect() {
            for (PrinterEvent event : scenario.events) {
                if (event.type().isJobEnd() || event.type() == PrinterEvent.Type.PRINT_STARTED) {
                    notifications.add(event.type().wireName() + " of "
                            + Objects.requireNonNull(event.job()).job().file());
                }
            }
            scenario.events.clear();
        }

        private void assertEvents() {
            collect();
            assertThat(notifications)
                    .as("%s%n%s", name, String.join("\n", steps))
                    .isEqualTo(expected);
        }

        private void assertLast(@Nullable String endedId, String endedFile, JobResult result) {
            LastJob last = scenario.lastJob();
            assertThat(last == null ? null : new LastJob(last.id(), last.file(), last.result(), null))
                    .as("%s%n%s", name, String.join("\n", steps))
                    .isEqualTo(new LastJob(endedId, endedFile, result, null));
        }
    }
}
