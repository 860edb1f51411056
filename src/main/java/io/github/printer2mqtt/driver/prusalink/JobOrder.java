package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.net.Ask.Method;
import io.github.printer2mqtt.printer.Command;
import org.jspecify.annotations.Nullable;

/**
 * Command -> request about the current job, which is all that PrusaLink can be asked. Pure.
 *
 * @param action what follows the job's id in the path
 */
record JobOrder(Method method, String action) {
    /** The order; null if PrusaLink has none for it. */
    static @Nullable JobOrder of(Command command) {
        return switch (command.capability()) {
            case PAUSE -> new JobOrder(Method.PUT, "/pause");
            case RESUME -> new JobOrder(Method.PUT, "/resume");
            case CANCEL -> new JobOrder(Method.DELETE, "");
            case NOZZLE_TEMPERATURE, BED_TEMPERATURE, HOME, EMERGENCY_STOP -> null;
        };
    }

    String path(long job) {
        return "/api/v1/job/" + job + action;
    }
}
