package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.model.Command.PrinterCommand;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;

/**
 * Command -> request for the current job, the only commands that PrusaLink supports.
 *
 * @param action the path after the job's id
 */
record PrusaLinkCommandRequest(Method method, String action) {
    /** @throws CommandRefusedException for a command that PrusaLink does not support */
    static PrusaLinkCommandRequest of(PrinterCommand command) {
        return switch (command.capability()) {
            case PAUSE -> new PrusaLinkCommandRequest(Method.PUT, "/pause");
            case RESUME -> new PrusaLinkCommandRequest(Method.PUT, "/resume");
            case CANCEL -> new PrusaLinkCommandRequest(Method.DELETE, "");
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE, HOME, EMERGENCY_STOP, LIGHT, SPEED ->
                throw new CommandRefusedException(
                        CommandRefusedException.Reason.UNSUPPORTED,
                        "PrusaLink knows no " + command.capability().wireName());
        };
    }

    String path(long job) {
        return "/api/v1/job/" + job + action;
    }
}
