package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.DemoScript.Incident;
import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Plays one printer of a {@link DemoScript}: stays in each state for a random time, then does what comes next. */
final class DemoActor {
    private static final double NANOS = 1e9;
    private static final double NEVER = 2;
    private static final int MIN_SECONDS = 60;
    private static final int MAX_SECONDS = 240;
    private static final List<String> FAULTS = List.of(
            "Thermal Runaway, system stopped! Heater_ID: bed",
            "Heater extruder not heating at expected rate",
            "Move out of range: 900.000 80.000 0.600 [71.600]");

    private final SimulatedPrinter printer;
    private final List<String> files;
    private final Random random;

    private Incident incident;
    private double incidentAt;
    private State state = State.IDLE;
    private long stateSince;
    private double staySeconds;
    private boolean pausedByScript;

    DemoActor(SimulatedPrinter printer, List<String> files, Random random, Incident first, long now) {
        this.printer = printer;
        this.files = files;
        this.random = random;
        this.incident = first;
        this.incidentAt = 0.5;
        this.stateSince = now;
        this.staySeconds = random.nextDouble(2, 25);
    }

    void tick(long now) {
        PrinterView view = printer.view();
        if (view.state() != state) {
            state = view.state();
            stateSince = now;
            staySeconds = randomStay(state);
        }
        try {
            act(view, (now - stateSince) / NANOS >= staySeconds);
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            // A user's command came in between; the next tick reads the new state.
        }
    }

    private void act(PrinterView view, boolean due) {
        switch (state) {
            case IDLE -> {
                if (due) {
                    startNext();
                }
            }
            case HEATING, PRINTING -> runIncident(view);
            case PAUSED -> {
                if (due && pausedByScript) {
                    printer.resume();
                    pausedByScript = false;
                }
            }
            case FINISHED, CANCELLED, FAILED, ATTENTION, BUSY -> {
                if (due) {
                    printer.clear();
                }
            }
            case DISCONNECTED -> {
                if (due) {
                    printer.connect();
                }
            }
        }
    }

    private double randomStay(State state) {
        return switch (state) {
            case IDLE -> random.nextDouble(5, 30);
            case PAUSED -> random.nextDouble(12, 30);
            case ATTENTION -> random.nextDouble(15, 40);
            case FAILED -> random.nextDouble(40, 90);
            case BUSY -> random.nextDouble(6, 12);
            default -> random.nextDouble(12, 35);
        };
    }

    /** Sometimes filament is loaded before the next print. */
    private void startNext() {
        if (random.nextInt(8) == 0) {
            printer.busy();
            return;
        }
        incidentAt = random.nextDouble(0.2, 0.8);
        int seconds = random.nextInt(MIN_SECONDS, MAX_SECONDS + 1);
        printer.start(files.get(random.nextInt(files.size())), Duration.ofSeconds(seconds));
    }

    private void runIncident(PrinterView view) {
        pausedByScript = false;
        JobView job = view.runningJob();
        if (job == null || job.progress() < incidentAt) {
            return;
        }
        Incident current = incident;
        incident = Incident.any(random);
        incidentAt = NEVER;
        switch (current) {
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
