package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import org.jspecify.annotations.Nullable;

/**
 * Command -> request about the current job, which is all that PrusaLink can be asked. Pure.
 *
 * @param action what follows the job's id in the path
 */
record PrusaLinkCommandRequest(Method method, String action) {
    /** The order; null if PrusaLink has none for it. */
    static @Nullable PrusaLinkCommandRequest of(Command command) {
        return switch (command.capability()) {
            case PAUSE -> new PrusaLinkCommandRequest(Method.PUT, "/pause");
            case RESUME -> new PrusaLinkCommandRequest(Method.PUT, "/resume");
            case CANCEL -> new PrusaLinkCommandRequest(Method.DELETE, "");
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE, HOME, EMERGENCY_STOP -> null;
        };
    }

    String path(long job) {
        return "/api/v1/job/" + job + action;
    }
}
