package io.github.printer2mqtt.simulator.flashforge;

import io.github.printer2mqtt.simulator.model.JobView;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An Adventurer 4 with its text protocol: a print that was cancelled or failed looks like no print. Control can be taken by several
 * clients, which a real printer does not allow. Written from descriptions and recordings; no printer was at hand.
 */
public final class FlashforgeTcpSimulator implements ProtocolSimulator {
    private final SimulatedPrinter printer;
    private volatile boolean light = true;

    public FlashforgeTcpSimulator(SimulatedPrinter printer) {
        this.printer = printer;
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "flashforge-tcp";
    }

    @Override
    public boolean readsLines() {
        return true;
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        String line = request.target();
        if (!line.startsWith("~")) {
            return SimulatedResponse.raw(Buffer.buffer());
        }
        String word = line.substring(1).split(" ", 2)[0];
        List<String> answer = answer(word, line);
        Stream<String> lines = Stream.of(Stream.of("CMD " + word + " Received."), answer.stream(), Stream.of("ok"))
                .flatMap(part -> part);
        return SimulatedResponse.raw(Buffer.buffer(lines.reduce("", (all, next) -> all + next + "\r\n")));
    }

    private List<String> answer(String word, String line) {
        return switch (word) {
            case "M601" -> List.of("Control Success V2.1.");
            case "M602" -> List.of("Control Release.");
            case "M115" -> description();
            case "M119" -> machine(printer.view());
            case "M105" -> List.of(heaters(printer.view()));
            case "M27" -> progress(printer.view());
            default -> {
                command(word, line);
                yield List.of();
            }
        };
    }

    private List<String> description() {
        return List.of(
                "Machine Type: Flashforge Adventurer 4",
                "Machine Name: " + printer.name(),
                "Firmware: v2.0.9",
                "SN: SNMOCK0000002",
                "X: 220 Y: 200 Z: 250",
                "Tool Count: 1",
                "Mac Address:02:00:00:00:00:02",
                " ");
    }

    private List<String> machine(PrinterView view) {
        JobView job = shownJob(view);
        return List.of(
                "Endstop: X-max:0 Y-max:0 Z-max:0",
                "MachineStatus: " + status(view.state()),
                "MoveMode: " + moveMode(view.state()),
                "Status: S:1 L:0 J:0 F:0",
                "LED: " + (light ? 1 : 0),
                "CurrentFile: " + (job == null ? "" : job.file()));
    }

    /** Nothing is left of a print that was cancelled or failed. */
    private static @Nullable JobView shownJob(PrinterView view) {
        return view.state() == State.FINISHED ? view.job() : view.runningJob();
    }

    private static String status(State state) {
        return switch (state) {
            case IDLE, CANCELLED, FAILED, DISCONNECTED -> "READY";
            case HEATING, PRINTING, PAUSED -> "BUILDING_FROM_SD";
            case ATTENTION -> "PAUSED";
            case FINISHED -> "BUILDING_COMPLETED";
            case BUSY -> "BUSY";
        };
    }

    private static String moveMode(State state) {
        return switch (state) {
            case HEATING -> "WAIT_ON_TOOL";
            case PRINTING, BUSY -> "MOVING";
            case PAUSED, ATTENTION -> "PAUSED";
            default -> "READY";
        };
    }

    private static String heaters(PrinterView view) {
        return String.format(
                Locale.ROOT,
                "T0:%.1f/%.1f B:%.1f/%.1f",
                view.nozzle(),
                view.nozzleTarget(),
                view.bed(),
                view.bedTarget());
    }

    private static List<String> progress(PrinterView view) {
        JobView job = shownJob(view);
        return job == null
                ? List.of("SD printing byte 0/100")
                : List.of(
                        "SD printing byte " + Math.round(100 * job.progress()) + "/100",
                        "Layer: " + job.layer() + "/" + job.layers());
    }

    /** What the state forbids is ignored. */
    private void command(String word, String line) {
        try {
            switch (word) {
                case "M24" -> printer.resume();
                case "M25" -> printer.pause();
                case "M26" -> printer.cancel();
                case "M104" -> target(line).ifPresent(printer::heatNozzle);
                case "M140" -> target(line).ifPresent(printer::heatBed);
                case "M146" -> light = !line.contains("r0 g0 b0");
                default -> {} // answered alike
            }
        } catch (SimulatedPrinter.ForbiddenByStateException e) {
            // The printer ignores what it cannot do.
        }
    }

    private static OptionalDouble target(String line) {
        Optional<String> given = Stream.of(line.split(" ", -1))
                .filter(part -> part.matches("S\\d{1,3}"))
                .findFirst();
        return given.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Integer.parseInt(given.get().substring(1)));
    }
}
