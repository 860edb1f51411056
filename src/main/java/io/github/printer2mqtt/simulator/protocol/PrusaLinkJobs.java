package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The job commands, which are the same in both kinds of PrusaLink. */
final class PrusaLinkJobs {
    /** The result of a command. */
    enum Outcome {
        DONE,
        BAD_ID,
        WRONG_ID,
        NOT_PRINTING,
        NOT_PAUSED,
        UNKNOWN
    }

    private static final Pattern PATH = Pattern.compile("/api/v1/job/([^/]+)(?:/(pause|resume|continue))?");

    private PrusaLinkJobs() {}

    /** Executes the command of a request; null if its path is not a job. */
    static @Nullable Outcome run(SimulatedRequest request, SimulatedPrinter printer) {
        Matcher path = PATH.matcher(request.target());
        if (!path.matches()) {
            return null;
        }
        String verb = path.group(2);
        boolean cancel = verb == null && request.method().equals("DELETE");
        boolean hold = verb != null && request.method().equals("PUT");
        if (!cancel && !hold) {
            return Outcome.UNKNOWN;
        }
        if (!path.group(1).matches("\\d{1,9}")) {
            return Outcome.BAD_ID;
        }
        JobView job = printer.view().runningJob();
        if (job == null || job.id() != Integer.parseInt(path.group(1))) {
            return Outcome.WRONG_ID;
        }
        return command(cancel ? "cancel" : verb, printer);
    }

    private static Outcome command(@Nullable String verb, SimulatedPrinter printer) {
        boolean pause = "pause".equals(verb);
        try {
            if ("cancel".equals(verb)) {
                printer.cancel();
            } else if (pause) {
                printer.pause();
            } else {
                printer.resume();
            }
            return Outcome.DONE;
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            return pause ? Outcome.NOT_PRINTING : Outcome.NOT_PAUSED;
        }
    }
}
