package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.net.PrinterFault;
import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Reading;
import io.github.printer2mqtt.printer.Temperature;
import io.github.printer2mqtt.printer.Temperatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Klipper's objects -> reading. {@code status} is what stands at {@code result.status} of an objects query. */
final class MoonrakerMapper {
    /** Degrees below the target from which a heater counts as still heating. */
    private static final double HEATING = 3;

    /** Before this much of a print its own speed says nothing about the rest. */
    private static final double ENOUGH_TO_EXTRAPOLATE = 0.05;

    /** Klipper ends its messages with how to restart it, which is no news. Source: {@code klippy/klippy.py}. */
    private static final String BOILERPLATE = "Once the underlying issue is corrected";

    private static final int MOST_EXTRUDERS = 16;

    /** Source: {@code klippy/extras/print_stats.py}. */
    private static final Map<String, PrinterState> BY_PRINT_STATS = Map.of(
            "standby", PrinterState.IDLE,
            "printing", PrinterState.PRINTING,
            "paused", PrinterState.PAUSED,
            "complete", PrinterState.FINISHED,
            "cancelled", PrinterState.CANCELLED,
            "error", PrinterState.ERROR);

    /** What webhooks says of Klipper as a whole. Source: {@code klippy/klippy.py}, {@code get_state_message}. */
    private static final Map<String, PrinterState> BY_WEBHOOKS = Map.of(
            "startup", PrinterState.BUSY,
            "shutdown", PrinterState.ERROR,
            "error", PrinterState.ERROR);

    private MoonrakerMapper() {}

    /**
     * The body of the query. Klipper answers {@code {}} for an object it does not have, so that all are asked for blindly.
     */
    static String queryBody() {
        StringBuilder heaters = new StringBuilder();
        for (int i = 0; i < MOST_EXTRUDERS; i++) {
            heaters.append('"').append(extruder(i)).append("\":[\"temperature\",\"target\"],");
        }
        return "{\"objects\":{\"webhooks\":null,\"print_stats\":null,"
                + "\"virtual_sdcard\":[\"progress\",\"file_position\",\"file_size\"],"
                + "\"display_status\":[\"progress\",\"message\"],\"idle_timeout\":[\"state\"],"
                + "\"pause_resume\":[\"is_paused\"],\"gcode_move\":[\"speed_factor\"],\"fan\":[\"speed\"],"
                + heaters
                + "\"heater_bed\":[\"temperature\",\"target\"],"
                + "\"heater_generic chamber\":[\"temperature\",\"target\"],"
                + "\"temperature_fan chamber\":[\"temperature\",\"target\"],"
                + "\"temperature_sensor chamber\":[\"temperature\"]}}";
    }

    /** Whether Klipper is still looking for its microcontroller. */
    static boolean isStartup(LenientJson status) {
        return "startup".equals(klipperState(status));
    }

    /** The print under way as far as it takes to tell it from another; null if there is none. */
    static @Nullable Job runningJob(LenientJson status) {
        String word = status.text("print_stats", "state");
        boolean running = isReady(status) && ("printing".equals(word) || "paused".equals(word));
        return running ? job(status, null, null) : null;
    }

    /**
     * The reading; a {@link PrinterFault} if the answer tells no state at all.
     *
     * @param metadata of the file that {@code print_stats} names
     */
    static Reading reading(LenientJson status, FileMetadata metadata) {
        String klipper = klipperState(status);
        String print = status.text("print_stats", "state");
        if (klipper == null && print == null) {
            throw new PrinterFault(
                    MissReason.UNREADABLE, "the answer has neither webhooks.state nor print_stats.state");
        }
        PrinterState state = state(status);
        // Before Klipper runs, its heaters and factors are the zeros and ones they were born with.
        boolean measured = isReady(status) || "shutdown".equals(klipper);
        return new Reading(
                state,
                isReady(status) && print != null ? print : klipper,
                message(status, state),
                measured ? temperatures(status) : Temperatures.unknown(),
                job(status, state, metadata),
                null,
                measured ? percent(status.number("gcode_move", "speed_factor")) : null,
                measured ? percent(status.number("fan", "speed")) : null,
                null);
    }

    /** Klipper's own state goes first: {@code print_stats} keeps saying "printing" after a shutdown. */
    private static PrinterState state(LenientJson status) {
        if (!isReady(status)) {
            return BY_WEBHOOKS.getOrDefault(String.valueOf(klipperState(status)), PrinterState.BUSY);
        }
        String word = status.text("print_stats", "state");
        PrinterState print = word == null ? PrinterState.IDLE : BY_PRINT_STATS.getOrDefault(word, PrinterState.BUSY);
        return switch (print) {
            case PRINTING ->
                status.isTrue("pause_resume", "is_paused")
                        ? PrinterState.PAUSED
                        : isHeatingUp(status) ? PrinterState.PREPARING : PrinterState.PRINTING;
            case IDLE ->
                "Printing".equals(status.text("idle_timeout", "state")) ? PrinterState.BUSY : PrinterState.IDLE;
            default -> print;
        };
    }

    private static @Nullable String klipperState(LenientJson status) {
        return status.text("webhooks", "state");
    }

    /** Some forks leave {@code webhooks} out; what they tell of a print then stands for itself. */
    private static boolean isReady(LenientJson status) {
        String klipper = klipperState(status);
        return klipper == null || klipper.equals("ready");
    }

    private static boolean isHeatingUp(LenientJson status) {
        Double active = status.number("print_stats", "print_duration");
        Temperatures heaters = temperatures(status);
        return active != null
                && active == 0
                && Stream.concat(heaters.nozzles().stream(), Stream.of(heaters.bed(), heaters.chamber()))
                        .anyMatch(MoonrakerMapper::isBelowTarget);
    }

    private static boolean isBelowTarget(@Nullable Temperature heater) {
        if (heater == null) {
            return false;
        }
        Double actual = heater.actual();
        Double target = heater.target();
        return actual != null && target != null && target > actual + HEATING;
    }

    private static @Nullable String message(LenientJson status, PrinterState state) {
        if (!isReady(status)) {
            return headline(status.text("webhooks", "state_message"));
        }
        return switch (state) {
            case ERROR -> status.text("print_stats", "message");
            case PAUSED -> status.text("display_status", "message");
            default -> null;
        };
    }

    private static @Nullable String headline(@Nullable String message) {
        if (message == null) {
            return null;
        }
        int end = message.indexOf(BOILERPLATE);
        String news = end > 0 ? message.substring(0, end) : message;
        return news.strip().replaceAll("\\s+", " ");
    }

    private static @Nullable Job job(
            LenientJson status, @Nullable PrinterState state, @Nullable FileMetadata metadata) {
        String word = status.text("print_stats", "state");
        String file = status.text("print_stats", "filename");
        if (word == null || word.equals("standby") || (file == null && !isPrintUnderWay(word))) {
            return null;
        }
        FileMetadata known = metadata == null ? FileMetadata.none() : metadata;
        Double elapsed = status.number("print_stats", "print_duration");
        Long active = elapsed == null ? null : Long.valueOf(elapsed.longValue());
        if (word.equals("complete")) {
            return new Job(null, file, 100.0, active, 0L, layer(status), layers(status, known));
        }
        if (word.equals("cancelled")) {
            return new Job(null, file, null, active, null, null, layers(status, known));
        }
        Double fraction = fraction(status, known);
        return new Job(
                null,
                file,
                fraction == null ? null : Double.valueOf(fraction * 100),
                active,
                state == PrinterState.ERROR ? null : remaining(fraction, elapsed, known),
                layer(status),
                layers(status, known));
    }

    private static boolean isPrintUnderWay(String word) {
        return word.equals("printing") || word.equals("paused");
    }

    /**
     * {@code display_status} is what the file itself says (M73), or a copy of the other where it says nothing; the
     * position in the file counts header and thumbnails as printed, which the metadata corrects.
     */
    private static @Nullable Double fraction(LenientJson status, FileMetadata metadata) {
        Double card = status.number("virtual_sdcard", "progress");
        Double display = status.number("display_status", "progress");
        if (display != null && display > 0 && (card == null || Math.abs(display - card) > 1e-9)) {
            return display;
        }
        Double ofMoves = metadata.fractionAt(status.whole("virtual_sdcard", "file_position"));
        return ofMoves == null ? card : ofMoves;
    }

    private static @Nullable Long remaining(
            @Nullable Double fraction, @Nullable Double elapsed, FileMetadata metadata) {
        if (elapsed == null || elapsed < 0) {
            return null;
        }
        Double estimated = metadata.estimatedSeconds();
        if (estimated != null) {
            return Math.max(0, Math.round(estimated - elapsed));
        }
        return elapsed > 0 && fraction != null && fraction > ENOUGH_TO_EXTRAPOLATE && fraction <= 1
                ? Long.valueOf(Math.max(0, Math.round(elapsed / fraction - elapsed)))
                : null;
    }

    private static @Nullable Integer layer(LenientJson status) {
        return status.integer("print_stats", "info", "current_layer");
    }

    private static @Nullable Integer layers(LenientJson status, FileMetadata metadata) {
        Integer told = status.integer("print_stats", "info", "total_layer");
        return told == null ? metadata.layers() : told;
    }

    private static Temperatures temperatures(LenientJson status) {
        List<Temperature> nozzles = new ArrayList<>();
        for (int i = 0; i < MOST_EXTRUDERS; i++) {
            Temperature nozzle = temperature(status.at(extruder(i)));
            if (nozzle == null) {
                break;
            }
            nozzles.add(nozzle);
        }
        return new Temperatures(nozzles, temperature(status.at("heater_bed")), chamber(status));
    }

    private static String extruder(int index) {
        return index == 0 ? "extruder" : "extruder" + index;
    }

    /** Klipper has no chamber of its own; these are the names that printers' configurations give one. */
    private static @Nullable Temperature chamber(LenientJson status) {
        for (String name : List.of("heater_generic chamber", "temperature_fan chamber", "temperature_sensor chamber")) {
            Temperature chamber = temperature(status.at(name));
            if (chamber != null) {
                return chamber;
            }
        }
        return null;
    }

    private static @Nullable Temperature temperature(LenientJson heater) {
        return Temperature.orNull(heater.number("temperature"), heater.number("target"));
    }

    private static @Nullable Integer percent(@Nullable Double factor) {
        return factor == null || Math.abs(factor) > 1000 ? null : Integer.valueOf((int) Math.round(factor * 100));
    }
}
