package io.github.printer2mqtt.driver.flashforge;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Reading.Filament;
import io.github.printer2mqtt.model.Reading.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** FlashForge's status -> reading. Stateless. */
final class FlashforgeMapper {
    /** By product number. Source: flashforge-api-docs. */
    private static final Map<Integer, String> MODELS = Map.of(
            0x23, "Adventurer 5M",
            0x24, "Adventurer 5M Pro",
            0x26, "AD5X",
            0x28, "Creator 5",
            0x29, "Creator 5 Pro");

    /** With less of the print done, elapsed time says nothing of the rest. */
    private static final double MIN_PROGRESS = 0.01;

    private static final int HEXADECIMAL = 16;

    private FlashforgeMapper() {}

    /**
     * @param detail the status of {@code /detail}
     * @param product what can be controlled, of {@code /product}; empty if unknown
     */
    static Reading reading(LenientJson detail, LenientJson product) {
        String word = detail.text("status");
        String error = detail.text("errorCode");
        PrinterState state = state(word, error, detail);
        return new Reading(
                state,
                word,
                message(state, error),
                FlashforgeHeaters.temperatures(detail),
                job(detail, state),
                null,
                hasNumbers(state) ? detail.integer("printSpeedAdjust") : null,
                null,
                model(detail),
                missing(detail, product),
                null,
                new Reading.Details(problems(state, error), filaments(detail), light(detail)));
    }

    /**
     * Source: flashforge-api-docs and ff-5mp-hass; {@code unzipping} was recorded on a Creator 5 Pro 1.9.9. Case differs
     * between firmwares.
     */
    private static PrinterState state(@Nullable String word, @Nullable String error, LenientJson detail) {
        return switch (Objects.requireNonNullElse(word, "").toLowerCase(Locale.ROOT)) {
            case "ready" -> PrinterState.IDLE;
            case "heating" -> file(detail) == null ? PrinterState.BUSY : PrinterState.PREPARING;
            case "printing" -> PrinterState.PRINTING;
            // A printer that pauses by itself, as for a clogged nozzle, names the reason.
            case "pausing", "pause", "paused" -> error == null ? PrinterState.PAUSED : PrinterState.ATTENTION;
            case "cancel", "canceling", "cancelled" -> PrinterState.CANCELLED;
            case "completed" -> PrinterState.FINISHED;
            case "error" -> PrinterState.ERROR;
            default -> PrinterState.BUSY; // busy, calibrate_doing, downloading, unzipping and unknown words
        };
    }

    private static @Nullable String message(PrinterState state, @Nullable String error) {
        return switch (state) {
            case ERROR ->
                error == null
                        ? "The printer reports an error, its screen says which"
                        : "The printer reports error " + error;
            case ATTENTION -> "The printer paused the print with error " + error;
            default -> null;
        };
    }

    private static List<Problem> problems(PrinterState state, @Nullable String error) {
        if (error == null) {
            return List.of();
        }
        boolean isStopped = state == PrinterState.ERROR || state == PrinterState.ATTENTION;
        return List.of(new Problem(error, isStopped ? Problem.Severity.ERROR : Problem.Severity.WARNING, null));
    }

    private static @Nullable String file(LenientJson detail) {
        return detail.text("printFileName");
    }

    /** In all other states the numbers of the print may be rubbish. */
    private static boolean hasNumbers(PrinterState state) {
        return state == PrinterState.PRINTING
                || state == PrinterState.PAUSED
                || state == PrinterState.ATTENTION
                || state == PrinterState.FINISHED;
    }

    private static @Nullable Job job(LenientJson detail, PrinterState state) {
        if (hasNumbers(state)) {
            Job job = numbers(detail);
            return state == PrinterState.FINISHED ? job.asFinished() : job;
        }
        boolean isOfPrint =
                state == PrinterState.PREPARING || state == PrinterState.CANCELLED || state == PrinterState.ERROR;
        String file = file(detail);
        return isOfPrint && file != null ? new Job(null, file, null, null, null, null, null) : null;
    }

    private static Job numbers(LenientJson detail) {
        Double progress = detail.number("printProgress");
        Long elapsed = detail.whole("printDuration");
        Integer layer = detail.integer("printLayer");
        Integer layers = detail.integer("targetPrintLayer");
        boolean isBeyond = layer != null && layers != null && layer > layers;
        return new Job(
                null,
                file(detail),
                progress == null ? null : Double.valueOf(progress * 100),
                elapsed,
                remaining(progress, elapsed),
                isBeyond ? null : layer,
                layers);
    }

    /** Of progress and elapsed time: the printer's own estimate stands still or counts otherwise, depending on the firmware. */
    private static @Nullable Long remaining(@Nullable Double progress, @Nullable Long elapsed) {
        if (progress == null || elapsed == null || progress < MIN_PROGRESS || progress > 1) {
            return null;
        }
        return Math.round(elapsed * (1 - progress) / progress);
    }

    private static @Nullable String model(LenientJson detail) {
        String known = MODELS.get(product(detail));
        return known == null ? detail.text("model") : known;
    }

    /** A number, or on some firmware a hexadecimal text; -1 if unknown. */
    private static int product(LenientJson detail) {
        Integer number = detail.integer("pid");
        String text = detail.text("pid");
        if (number != null || text == null) {
            return number == null ? -1 : number;
        }
        try {
            return Integer.parseInt(text.strip(), HEXADECIMAL);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Which of several nozzles a temperature is for is not known for certain. */
    private static Set<Capability> missing(LenientJson detail, LenientJson product) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        if (FlashforgeHeaters.hasSeveralNozzles(detail)) {
            missing.add(Capability.NOZZLE_TEMPERATURE);
        }
        Integer light = product.integer("lightCtrlState");
        if (light != null && light == 0) {
            missing.add(Capability.LIGHT);
        }
        return missing;
    }

    private static @Nullable Boolean light(LenientJson detail) {
        return switch (Objects.requireNonNullElse(detail.text("lightStatus"), "")) {
            case "open" -> Boolean.TRUE;
            case "close" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** The slots of the material station that are not empty. */
    private static List<Filament> filaments(LenientJson detail) {
        LenientJson station = detail.at("matlStationInfo");
        Integer loaded = station.integer("currentSlot");
        return station.elements("slotInfos").stream()
                .filter(slot -> slot.isTrue("hasFilament"))
                .map(slot -> filament(slot, loaded))
                .toList();
    }

    /** @param loaded the slot that feeds the nozzle, from 1; 0 for none */
    private static Filament filament(LenientJson slot, @Nullable Integer loaded) {
        Integer number = slot.integer("slotId");
        boolean isUnknown = loaded == null || loaded < 0 || number == null;
        Boolean active = isUnknown ? null : Boolean.valueOf(Objects.equals(loaded, number));
        return new Filament(
                String.valueOf(number), slot.text("materialName"), slot.text("materialColor"), null, null, active);
    }
}
