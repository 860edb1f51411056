package io.github.printer2mqtt.command;

import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The states in which a command is allowed. Pure.
 *
 * @param always states that allow it
 * @param withJob states that allow it only with a job
 */
record AllowedStates(List<PrinterState> always, List<PrinterState> withJob) {
    static AllowedStates of(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> always(List.of(PrinterState.PRINTING, PrinterState.PREPARING));
            case RESUME -> always(List.of(PrinterState.PAUSED));
            case CANCEL ->
                new AllowedStates(
                        List.of(PrinterState.PRINTING, PrinterState.PREPARING, PrinterState.PAUSED),
                        List.of(PrinterState.ATTENTION, PrinterState.BUSY));
            // Not during a print, nor while the printer is busy.
            case HOME ->
                always(List.of(PrinterState.IDLE, PrinterState.FINISHED, PrinterState.CANCELLED, PrinterState.ERROR));
            // In any state while online: the printer decides.
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE, EMERGENCY_STOP, LIGHT, SPEED ->
                always(Arrays.stream(PrinterState.values())
                        .filter(state -> state != PrinterState.OFFLINE && state != PrinterState.UNKNOWN)
                        .toList());
        };
    }

    private static AllowedStates always(List<PrinterState> states) {
        return new AllowedStates(states, List.of());
    }

    boolean allows(Status status) {
        return always.contains(status.state()) || (withJob.contains(status.state()) && status.job() != null);
    }

    /** The allowed states, for messages. */
    String expectation() {
        String plain = joined(always);
        return withJob.isEmpty() ? plain : plain + ", or " + joined(withJob) + " with a job";
    }

    private static String joined(List<PrinterState> states) {
        return states.stream().map(PrinterState::wireName).collect(Collectors.joining(" or "));
    }
}
