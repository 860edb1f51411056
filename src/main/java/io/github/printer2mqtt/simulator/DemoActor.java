package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.DemoScript.Incident;
import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter.State;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** One printer's part in a {@link DemoScript}: waits in each state for a while it draws, then does what comes next. */
final class DemoActor {
    private static final double NANOS = 1e9;
    private static final double NO_MORE = 2;
    private static final int SHORTEST_SECONDS = 60;
    private static final int LONGEST_SECONDS = 240;
    private static final List<String> FAULTS = List.of(
            "Thermal Runaway, system stopped! Heater_ID: bed",
            "Heater extruder not heating at expected rate",
            "Move out of range: 900.000 80.000 0.600 [71.600]");

    private final SimulatedPrinter printer;
    private final List<String> files;
    private final Random random;

    private Incident incident;
    private double incidentAt;
    private State seen = State.IDLE;
    private long seenSince;
    private double rest;
    private boolean pausedByScript;

    DemoActor(SimulatedPrinter printer, List<String> files, Random random, Incident first, long now) {
        this.printer = printer;
        this.files = files;
        this.random = random;
        this.incident = first;
        this.incidentAt = 0.5;
        this.seenSince = now;
        this.rest = random.nextDouble(2, 25);
    }

    void tick(long now) {
        PrinterView view = printer.view();
        if (view.state() != seen) {
            seen = view.state();
            seenSince = now;
            rest = restIn(seen);
        }
        try {
            act(view, (now - seenSince) / NANOS >= rest);
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            // A visitor's command came between the look and the deed: the next tick looks again.
        }
    }

    private void act(PrinterView view, boolean rested) {
        switch (seen) {
            case IDLE -> {
                if (rested) {
                    begin();
                }
            }
            case HEATING, PRINTING -> disturb(view);
            case PAUSED -> {
                if (rested && pausedByScript) {
                    printer.resume();
                    pausedByScript = false;
                }
            }
            case FINISHED, CANCELLED, FAILED, ATTENTION, BUSY -> {
                if (rested) {
                    printer.clear();
                }
            }
            case DISCONNECTED -> {
                if (rested) {
                    printer.connect();
                }
            }
        }
    }

    private double restIn(State state) {
        return switch (state) {
            case IDLE -> random.nextDouble(5, 30);
            case PAUSED -> random.nextDouble(12, 30);
            case ATTENTION -> random.nextDouble(15, 40);
            case FAILED -> random.nextDouble(40, 90);
            case BUSY -> random.nextDouble(6, 12);
            default -> random.nextDouble(12, 35);
        };
    }

    /** Sometimes new filament has to be loaded before the next print. */
    private void begin() {
        if (random.nextInt(8) == 0) {
            printer.busy();
            return;
        }
        incidentAt = random.nextDouble(0.2, 0.8);
        int seconds = random.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS + 1);
        printer.start(files.get(random.nextInt(files.size())), Duration.ofSeconds(seconds));
    }

    private void disturb(PrinterView view) {
        pausedByScript = false;
        JobView job = view.runningJob();
        if (job == null || job.progress() < incidentAt) {
            return;
        }
        Incident due = incident;
        incident = Incident.any(random);
        incidentAt = NO_MORE;
        switch (due) {
            case NONE -> {}
            case PAUSE -> {
                printer.pause();
                pausedByScript = true;
            }
            case CANCEL -> printer.cancel();
            case ATTENTION -> printer.attention();
            case FAIL -> printer.fail(FAULTS.get(random.nextInt(FAULTS.size())));
        }
    }
}
