package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Reading.Problem;
import io.github.printer2mqtt.model.Reading.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The codes of {@code print_error} and {@code hms} as text. Source of their layout: {@code DevHMS.cpp} of BambuStudio; the texts are ours,
 * for the codes that are common, and name the part of the printer for all others.
 */
final class BambuCodes {
    /** What a user's cancel leaves behind. */
    private static final Set<Long> CANCEL_ECHOES = Set.of(0x0300_400CL, 0x0500_400EL);

    /** Set during healthy prints, as OctoEverywhere has seen. */
    private static final Set<Long> HARMLESS = Set.of(0x0500_8030L, 0x0300_8012L, 0x0500_C011L, 0x07FF_8007L);

    /** The print was paused on purpose: by the user, and by the file. */
    private static final Set<Long> WANTED_PAUSES = Set.of(0x0300_8001L, 0x0300_8013L);

    /** Commands without a signature are refused, ours or those of another program. */
    static final String VERIFICATION_FAILED = "0500-0500-0001-0007";

    private static final Map<String, String> TEXTS = Map.of(
            "0300-8000",
            "The print was paused for an unknown reason",
            "0300-8001",
            "Paused by the user",
            "0300-8003",
            "The camera sees a failed print",
            "0300-8013",
            "Paused by the file",
            "0300-8015",
            "Filament ran out",
            "0300-400C",
            "The print was cancelled",
            "0500-400E",
            "The print was cancelled",
            "0500-803C",
            "The nozzle of the printer is not the one of the file",
            "07FF-8011",
            "Filament ran out",
            VERIFICATION_FAILED,
            "Commands are refused: Developer mode is off");

    /** By the module in the first byte of a code. */
    private static final Map<Integer, String> MODULES = Map.of(
            0x03, "the motion system",
            0x05, "the mainboard",
            0x07, "the AMS",
            0x08, "the toolhead",
            0x0C, "the camera",
            0x10, "the printer",
            0x12, "the AMS Lite",
            0x18, "the AMS HT");

    /** Error codes below are states. */
    private static final int FIRST_ERROR = 0x4000;

    private static final int FIRST_PROMPT = 0xC000;
    private static final int RUNOUT = 0x8011;

    private BambuCodes() {}

    static boolean isCancelEcho(long error) {
        return CANCEL_ECHOES.contains(error);
    }

    /** Whether a print that ended with this error failed. */
    static boolean isFailure(long error) {
        return (error & 0xFFFF) >= FIRST_ERROR && !isCancelEcho(error) && !HARMLESS.contains(error);
    }

    /** Whether a paused print with this error waits for a person to mend something. */
    static boolean needsAttention(long error) {
        return isFailure(error) && !WANTED_PAUSES.contains(error);
    }

    /** The code as the manufacturer prints it, for example {@code 0300-8015}. */
    static String text(long error) {
        return String.format(Locale.ROOT, "%04X-%04X", error >>> 16, error & 0xFFFF);
    }

    /** One line for people, with the code. */
    static String message(long error) {
        return describe(text(error), (int) (error >>> 24), error & 0xFFFF) + " (" + text(error) + ")";
    }

    /** Every fault that the report names. */
    static List<Problem> problems(BambuReport report) {
        List<Problem> problems = new ArrayList<>();
        long error = report.error();
        if ((error & 0xFFFF) >= FIRST_ERROR && !isCancelEcho(error)) {
            String code = text(error);
            problems.add(new Problem(code, severity(error), describe(code, (int) (error >>> 24), error & 0xFFFF)));
        }
        for (LenientJson entry : report.print().elements("hms")) {
            Problem problem = hms(entry);
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private static Severity severity(long error) {
        if (HARMLESS.contains(error)) {
            return Severity.INFO;
        }
        return WANTED_PAUSES.contains(error) || (error & 0xFFFF) >= FIRST_PROMPT ? Severity.WARNING : Severity.ERROR;
    }

    /** The level is in the upper half of {@code code}: 1 fatal, 2 serious, 3 common, 4 info. */
    private static @Nullable Problem hms(LenientJson entry) {
        Long attr = entry.whole("attr");
        Long code = entry.whole("code");
        if (attr == null || code == null) {
            return null;
        }
        String text = text(attr & 0xFFFF_FFFFL) + "-" + text(code & 0xFFFF_FFFFL);
        Severity severity = switch ((int) ((code >>> 16) & 0xFFFF)) {
            case 1, 2 -> Severity.ERROR;
            case 3 -> Severity.WARNING;
            default -> Severity.INFO;
        };
        return new Problem(text, severity, describe(text, (int) ((attr >>> 24) & 0xFF), 0));
    }

    private static String describe(String code, int module, long detail) {
        String known = TEXTS.get(code);
        if (known != null) {
            return known;
        }
        boolean isFilament = module == 0x07 || module == 0x12 || module == 0x18;
        return isFilament && detail == RUNOUT
                ? "Filament ran out"
                : "Message of " + MODULES.getOrDefault(module, "the printer");
    }
}
