package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Reading.Problem;
import io.github.printer2mqtt.net.PrinterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The object model -> reading. Stateless. */
final class DuetMapper {
    /**
     * Source: {@code MachineStatus} in {@code src/Platform/RepRap.cpp} of the firmware (3.6-dev). A simulation neither heats
     * nor prints.
     */
    private static final Map<String, PrinterState> STATES = Map.ofEntries(
            Map.entry("starting", PrinterState.BUSY),
            Map.entry("updating", PrinterState.BUSY),
            Map.entry("halted", PrinterState.ERROR),
            Map.entry("pausing", PrinterState.PAUSED),
            Map.entry("paused", PrinterState.PAUSED),
            Map.entry("resuming", PrinterState.PRINTING),
            Map.entry("cancelling", PrinterState.BUSY),
            Map.entry("simulating", PrinterState.BUSY),
            Map.entry("processing", PrinterState.PRINTING),
            Map.entry("changingTool", PrinterState.BUSY),
            Map.entry("busy", PrinterState.BUSY),
            Map.entry("idle", PrinterState.IDLE));

    /** Of a job that is about to begin, runs, or is paused, whatever its other values. */
    private static final Set<String> WITH_JOB = Set.of("processing", "resuming", "pausing", "paused", "cancelling");

    /** In which the values of a job, if any, are those of no print. */
    private static final Set<String> WITHOUT_JOB = Set.of("idle", "simulating", "halted", "starting", "updating");

    private static final Pattern FOLDER = Pattern.compile("^\\d+:/(?:gcodes/)?");

    private DuetMapper() {}

    /** @param outcome of the print that ran until now; null if none ended or nothing proves how */
    static Reading reading(DuetModel model, @Nullable JobResult outcome) {
        DuetHeaters heaters = DuetHeaters.of(model);
        PrinterState state = state(model, heaters);
        return new Reading(
                state,
                model.status(),
                message(model, heaters, state),
                heaters.temperatures(),
                job(model),
                outcome,
                null,
                null,
                model.board().text("name"),
                heaters.missing(),
                null,
                new Reading.Details(problems(model, heaters), List.of(), null));
    }

    private static List<Problem> problems(DuetModel model, DuetHeaters heaters) {
        List<Problem> problems = new ArrayList<>();
        heaters.faults()
                .forEach(heater ->
                        problems.add(new Problem("heater " + heater, Problem.Severity.ERROR, faultText(heater))));
        String mistake = startupError(model.state().at("startupError"));
        if (mistake != null) {
            problems.add(new Problem("startup", Problem.Severity.WARNING, mistake));
        }
        return problems;
    }

    private static String faultText(int heater) {
        return "Heater " + heater + " has a fault";
    }

    /** A reading between the end of a print and the response that says how it ended. */
    static Reading undecided(DuetModel model) {
        Reading reading = reading(model, null);
        return new Reading(
                PrinterState.BUSY,
                reading.rawState(),
                reading.message(),
                reading.temperatures(),
                null,
                null,
                null,
                null,
                reading.model(),
                reading.missing(),
                null,
                reading.details());
    }

    private static PrinterState state(DuetModel model, DuetHeaters heaters) {
        String status = model.status();
        if (status.equals("off")) {
            throw new PrinterException(
                    FailureReason.DISCONNECTED, "the board answers, but the power of its motors and heaters is off");
        }
        if (status.equals("disconnected")) {
            throw new PrinterException(
                    FailureReason.DISCONNECTED, "DuetSoftwareFramework answers, but has no connection to the board");
        }
        if (status.equals("halted") || !heaters.faults().isEmpty()) {
            return PrinterState.ERROR;
        }
        if (model.isDialogOpen()) {
            return PrinterState.ATTENTION;
        }
        PrinterState state = STATES.getOrDefault(status, PrinterState.BUSY);
        if (status.equals("changingTool") && model.hasJob()) {
            return PrinterState.PRINTING;
        }
        return status.equals("processing") && isBeforeFirstLayer(model) && heaters.isHeatingUp()
                ? PrinterState.PREPARING
                : state;
    }

    private static boolean isBeforeFirstLayer(DuetModel model) {
        Integer layer = model.live().integer("job", "layer");
        return layer == null || layer == 0;
    }

    private static @Nullable String message(DuetModel model, DuetHeaters heaters, PrinterState state) {
        if (state == PrinterState.ATTENTION) {
            LenientJson box = model.messageBox();
            String title = box.text("title");
            String text = box.text("message");
            return title == null || text == null ? (text == null ? title : text) : title + ": " + text;
        }
        if (state == PrinterState.ERROR) {
            String text = model.errorText();
            String own = heaters.faults().isEmpty()
                    ? "The board is halted: reset it or send M999"
                    : faultText(heaters.faults().get(0));
            return text == null ? own : text;
        }
        return startupError(model.state().at("startupError"));
    }

    /** A mistake in the configuration, because of which the board may lack heaters or axes. */
    private static @Nullable String startupError(LenientJson error) {
        String text = error.text("message");
        String file = error.text("file");
        Long line = error.whole("line");
        return text == null || file == null || line == null ? text : file + " line " + line + ": " + text;
    }

    private static @Nullable Job job(DuetModel model) {
        String status = model.status();
        if (WITHOUT_JOB.contains(status) || (!WITH_JOB.contains(status) && !model.hasJob())) {
            return null;
        }
        LenientJson live = model.live().at("job");
        Integer layers = model.job().integer("file", "numLayers");
        Integer layer = live.integer("layer");
        boolean isImpossible = layer != null && layers != null && layers > 0 && layer > layers;
        return new Job(
                null,
                fileName(model.filePath()),
                model.progress(),
                live.whole("duration"),
                remaining(live.at("timesLeft")),
                isImpossible ? null : layer,
                layers);
    }

    /** The name below the folder of prints. */
    static @Nullable String fileName(@Nullable String path) {
        return path == null ? null : FOLDER.matcher(path).replaceFirst("");
    }

    /** By the slicer's statement, then by filament, then by the position in the file. */
    private static @Nullable Long remaining(LenientJson timesLeft) {
        for (String kind : List.of("slicer", "filament", "file")) {
            Long left = timesLeft.whole(kind);
            if (left != null) {
                return left;
            }
        }
        return null;
    }
}
