package io.github.printer2mqtt.bench.mixed;

import io.github.printer2mqtt.simulator.MixedFarm;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import java.time.Duration;
import java.util.Random;

/**
 * Lets one printer print short jobs, of which some are paused, cancelled or fail, and cuts it off at random. It stays in each
 * state for longer than the bridge needs to see it. Not thread-safe.
 */
public final class ScriptedPrinter {
    private static final int LEAST_STAY_MILLIS = 14_000;
    private static final int MOST_STAY_MILLIS = 22_000;
    private static final int MEAN_MILLIS_TO_CUT = 120_000;
    private static final int CUT_MILLIS = 15_000;

    /** Traffic of a new connection is not counted as the printer's usual traffic. */
    private static final int RECONNECTED_MILLIS = 15_000;

    private enum Ending {
        FINISH,
        CANCEL,
        FAIL
    }

    private final MixedFarm.Member member;
    private final Random random;
    private final PrinterRecord record = new PrinterRecord();
    private final Traffic idle = new Traffic();
    private final Traffic printing = new Traffic();
    private State state = State.IDLE;
    private long stayUntil;
    private String file = "";
    private int prints;
    private int ended;
    private Ending ending = Ending.FINISH;
    private boolean pauses;
    private long cutFrom;
    private long cutUntil;
    private long nextCut;
    private boolean isCut;
    private Traffic.Totals totals;

    public ScriptedPrinter(MixedFarm.Member member, long seed, long now) {
        this.member = member;
        this.random = new Random(seed);
        this.stayUntil = now + random.nextInt(30_000);
        this.nextCut = now + 20_000 + random.nextInt(2 * MEAN_MILLIS_TO_CUT);
        this.totals = Traffic.Totals.of(member.server());
    }

    /** Does what is due. */
    public void tick(long now) {
        measure(now);
        observe(now);
        cut(now);
        try {
            act(now);
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            // The print has just finished; the next tick sees it.
        }
    }

    private SimulatedPrinter printer() {
        return member.server().printer();
    }

    private void observe(long now) {
        State seen = printer().view().state();
        if (seen == state) {
            return;
        }
        if (seen == State.FINISHED) {
            ended("print_finished", now);
        }
        state = seen;
        stayUntil = now + random.nextInt(LEAST_STAY_MILLIS, MOST_STAY_MILLIS);
    }

    private void act(long now) {
        if (now < stayUntil) {
            return;
        }
        switch (state) {
            case IDLE -> start(now);
            case PRINTING -> {
                if (pauses) {
                    printer().pause();
                    pauses = false;
                    record.did("print_paused", file, now);
                } else {
                    endEarly(now);
                }
            }
            case PAUSED -> {
                if (ending == Ending.CANCEL && (cancelsOnlyPaused() || random.nextBoolean())) {
                    endEarly(now);
                } else {
                    printer().resume();
                    record.did("print_resumed", file, now);
                }
            }
            case FINISHED, CANCELLED, FAILED -> printer().clear();
            default -> {}
        }
        observe(now);
    }

    private void start(long now) {
        prints++;
        file = member.id() + "-job-" + prints + ".gcode";
        ending = Ending.values()[Math.max(0, random.nextInt(5) - 2)];
        pauses = random.nextInt(3) == 0 || (ending == Ending.CANCEL && cancelsOnlyPaused());
        printer().start(file, Duration.ofMillis(random.nextInt(40_000, 60_000)));
        record.did("print_started", file, now);
    }

    /** RepRapFirmware cancels no print that moves. */
    private boolean cancelsOnlyPaused() {
        return member.make().startsWith("duet");
    }

    private void endEarly(long now) {
        if (ending == Ending.CANCEL) {
            printer().cancel();
            ended("print_cancelled", now);
        } else if (ending == Ending.FAIL) {
            printer().fail("Heater extruder not heating at expected rate");
            ended("print_failed", now);
        }
    }

    private void ended(String type, long now) {
        ended++;
        record.did(type, file, now);
    }

    private void cut(long now) {
        PrinterServer server = member.server();
        if (!isCut && now >= nextCut) {
            isCut = true;
            cutFrom = now;
            cutUntil = now + 2_000 + random.nextInt(CUT_MILLIS);
            switch (random.nextInt(4)) {
                case 0 -> server.behave(Behaviour.silent());
                case 1 -> server.behave(Behaviour.resetting());
                case 2 -> server.behave(Behaviour.refusing());
                default -> {
                    server.behave(Behaviour.refusing());
                    printer().disconnect(); // switched off: the job is lost
                }
            }
        } else if (isCut && now >= cutUntil) {
            if (printer().view().state() == State.DISCONNECTED) {
                printer().connect();
            }
            server.behave(Behaviour.ordinary(random.nextLong()));
            endCut(now);
            nextCut = now + random.nextInt(2 * MEAN_MILLIS_TO_CUT);
        }
        observe(now);
    }

    /** Ends the script: records what happened last. */
    public void end(long now) {
        observe(now);
        endCut(now);
    }

    private void endCut(long now) {
        if (isCut) {
            record.wasCut(cutFrom, now);
            isCut = false;
        }
    }

    private void measure(long now) {
        Traffic.Totals next = Traffic.Totals.of(member.server());
        if (!isCut && now - cutUntil > RECONNECTED_MILLIS) {
            boolean works = state == State.HEATING || state == State.PRINTING;
            boolean rests = state == State.IDLE || state == State.FINISHED || state == State.CANCELLED;
            if (works) {
                printing.add(totals, next, member.server().openConnections());
            } else if (rests) {
                idle.add(totals, next, member.server().openConnections());
            }
        }
        totals = next;
    }

    public String id() {
        return member.id();
    }

    /** Its protocol. */
    public String make() {
        return member.make();
    }

    PrinterRecord record() {
        return record;
    }

    int endedPrints() {
        return ended;
    }

    Traffic idle() {
        return idle;
    }

    Traffic printing() {
        return printing;
    }
}
