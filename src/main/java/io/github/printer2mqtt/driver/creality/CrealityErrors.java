package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.model.Reading.Problem;
import io.github.printer2mqtt.model.Reading.Problem.Severity;
import java.util.List;
import java.util.Map;

/** {@code err.errcode} as text. Source of the codes: the table of CrealityPrint; the texts are ours, for the codes that are common. */
final class CrealityErrors {
    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(1, "A motor driver reports a fault"),
            Map.entry(3, "The parts of the printer do not communicate"),
            Map.entry(4, "A heater does not heat as expected"),
            Map.entry(6, "The extruder reports a fault"),
            Map.entry(9, "The resonance sensor reports a fault"),
            Map.entry(10, "A fan reports a fault"),
            Map.entry(101, "The camera sees a failed print"),
            Map.entry(120, "The tension of a belt is wrong"),
            Map.entry(209, "The temperature of the bed is wrong"),
            Map.entry(503, "The first layer is bad"),
            Map.entry(2060, "The system reports a fault"),
            Map.entry(2511, "The sensor of the chamber reports a fault"),
            Map.entry(2565, "The bed does not heat"),
            Map.entry(2577, "The Y axis does not home"),
            Map.entry(2835, "The CFS cannot feed the filament"),
            Map.entry(2841, "The filament cutter reports a fault"),
            Map.entry(2847, "The filament in the CFS is tangled"),
            Map.entry(2853, "A sensor of the CFS reports a fault"),
            Map.entry(3000, "The system reports a fault"),
            Map.entry(30_000, "No filament"),
            Map.entry(30_010, "No filament"));

    private static final int LAST_FATAL = 100;
    private static final List<Integer> OTHER_FATAL = List.of(20_000, 20_010);
    private static final int FIRST_OF_CFS = 2800;
    private static final int LAST_OF_CFS = 2899;

    private CrealityErrors() {}

    /** Whether the print cannot go on. Source: {@code errLevel} of CrealityPrint. */
    static boolean isFatal(int code) {
        return (code >= 1 && code <= LAST_FATAL) || OTHER_FATAL.contains(code);
    }

    static String message(int code) {
        boolean isOfCfs = code >= FIRST_OF_CFS && code <= LAST_OF_CFS;
        String text = TEXTS.getOrDefault(code, isOfCfs ? "The CFS reports a fault" : "The printer reports a fault");
        return text + " (" + code + ")";
    }

    static List<Problem> problems(int code) {
        return code == 0
                ? List.of()
                : List.of(new Problem(
                        String.valueOf(code), isFatal(code) ? Severity.ERROR : Severity.WARNING, message(code)));
    }
}
