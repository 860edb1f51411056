package io.github.printer2mqtt.command;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * In which states a command makes sense. Pure.
 *
 * @param always states that allow it
 * @param withJob states that allow it while the printer tells of a print
 */
record AllowedStates(List<PrinterState> always, List<PrinterState> withJob) {
    private static final AllowedStates PAUSE =
            new AllowedStates(List.of(PrinterState.PRINTING, PrinterState.PREPARING), List.of());
    private static final AllowedStates RESUME = new AllowedStates(List.of(PrinterState.PAUSED), List.of());
    private static final AllowedStates CANCEL = new AllowedStates(
            List.of(PrinterState.PRINTING, PrinterState.PREPARING, PrinterState.PAUSED),
            List.of(PrinterState.ATTENTION, PrinterState.BUSY));

    /** Not in the middle of a print, nor while the machine does something of its own. */
    private static final AllowedStates HOME = new AllowedStates(
            List.of(PrinterState.IDLE, PrinterState.FINISHED, PrinterState.CANCELLED, PrinterState.ERROR), List.of());

    /** Whatever it is doing, as long as it is there: the printer's own server decides. */
    private static final AllowedStates WHILE_THERE = new AllowedStates(
            Arrays.stream(PrinterState.values())
                    .filter(state -> state != PrinterState.OFFLINE && state != PrinterState.UNKNOWN)
                    .toList(),
            List.of());

    static AllowedStates of(Command command) {
        return switch (command.capability()) {
            case PAUSE -> PAUSE;
            case RESUME -> RESUME;
            case CANCEL -> CANCEL;
            case HOME -> HOME;
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE, EMERGENCY_STOP -> WHILE_THERE;
        };
    }

    boolean allows(Status status) {
        return always.contains(status.state()) || (withJob.contains(status.state()) && status.job() != null);
    }

    /** The states, for people. */
    String expectation() {
        String plain = words(always);
        return withJob.isEmpty() ? plain : plain + ", or " + words(withJob) + " with a job";
    }

    private static String words(List<PrinterState> states) {
        return states.stream().map(PrinterState::wireName).collect(Collectors.joining(" or "));
    }
}
