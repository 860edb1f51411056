package io.github.printer2mqtt.driver.flashforgetcp;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import io.github.printer2mqtt.net.PrinterException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replies of an older FlashForge -> reading. Stateless; what happened before is in {@link FileMemory}. */
final class FlashforgeTcpMapper {
    /**
     * The replies to the requests of one reading.
     *
     * @param machine of {@code M119}
     * @param heaters of {@code M105}
     * @param progress of {@code M27}
     * @param description of {@code M115}; without lines if it is not known yet
     */
    record Replies(Reply machine, Reply heaters, Reply progress, Reply description) {}

    private FlashforgeTcpMapper() {}

    /**
     * The state of the machine as it names it.
     *
     * @param machine the reply to {@code M119}
     * @throws PrinterException if there is none: then nothing else is worth a request
     */
    static String word(Reply machine) {
        String word = machine.value("MachineStatus");
        if (word == null) {
            throw new PrinterException(FailureReason.UNREADABLE, "the answer has no MachineStatus");
        }
        return word;
    }

    /** @throws PrinterException if the printer does not name its state */
    static Reading reading(Replies replies, FileMemory memory) {
        String word = word(replies.machine);
        String move = replies.machine.value("MoveMode");
        String file = replies.machine.value("CurrentFile");
        Job counters = counters(replies.progress);
        PrinterState state = state(upper(word), upper(move), isBegun(counters), memory.isNew(file));
        memory.update(state, file);
        List<Temperature> nozzles = nozzles(replies);
        return new Reading(
                state,
                raw(word, move),
                null,
                new Temperatures(nozzles, bed(replies.heaters), null, Temperatures.onlyHeated(nozzles)),
                job(state, counters, memory),
                null,
                null,
                null,
                replies.description.value("Machine Type"),
                nozzles.size() > 1 ? EnumSet.of(Capability.NOZZLE_TEMPERATURE) : Set.of(),
                null,
                new Reading.Details(List.of(), List.of(), light(replies.machine)));
    }

    /**
     * Source: notes on the protocol; {@code IDLE} is a word of the Adventurer 3. A print that was cancelled or failed is {@code READY}.
     *
     * @param isBegun whether anything of the print is done
     * @param isNew whether the file that the printer names is one that it has not begun
     */
    private static PrinterState state(String word, String move, boolean isBegun, boolean isNew) {
        return switch (word) {
            case "READY", "IDLE" -> PrinterState.IDLE;
            case "BUILDING", "BUILDING_FROM_SD" ->
                switch (move) {
                    case "PAUSED" -> PrinterState.PAUSED;
                    case "HOMING", "WAIT_ON_TOOL" -> isBegun ? PrinterState.PRINTING : PrinterState.PREPARING;
                    default -> PrinterState.PRINTING;
                };
            case "PAUSED" -> PrinterState.PAUSED;
            case "BUILDING_COMPLETED" -> PrinterState.FINISHED;
            case "BUSY" -> isNew ? PrinterState.PREPARING : PrinterState.BUSY;
            default -> PrinterState.BUSY;
        };
    }

    private static String upper(@Nullable String word) {
        return Objects.requireNonNullElse(word, "").toUpperCase(Locale.ROOT);
    }

    private static String raw(String word, @Nullable String move) {
        return move == null || move.equals(word) ? word : word + "/" + move;
    }

    private static boolean isBegun(Job counters) {
        Double progress = counters.progress();
        Integer layer = counters.layer();
        return (progress != null && progress > 0) || (layer != null && layer > 0);
    }

    /** The total is 100 on some printers, 1000 or the bytes of the file on others. */
    private static Job counters(Reply reply) {
        Reply.Fraction bytes = reply.fraction("byte");
        Reply.Fraction layers = reply.fraction("Layer");
        boolean isKnown = bytes != null && bytes.whole() > 0 && bytes.part() <= bytes.whole();
        boolean isWithin = layers != null && layers.part() <= layers.whole();
        return new Job(
                null,
                null,
                bytes != null && isKnown ? Double.valueOf(100.0 * bytes.part() / bytes.whole()) : null,
                null,
                null,
                layers != null && isWithin ? Integer.valueOf(layers.part()) : null,
                layers == null ? null : Integer.valueOf(layers.whole()));
    }

    /** Times are not reported. A printer that is busy may do so during a print. */
    private static @Nullable Job job(PrinterState state, Job counters, FileMemory memory) {
        Job named = new Job(null, memory.file(), null, null, null, null, null);
        return switch (state) {
            case IDLE -> null;
            case PREPARING -> named;
            case PRINTING, PAUSED -> counters.filledFrom(named);
            case FINISHED -> counters.filledFrom(named).asFinished();
            default -> memory.isRunning() ? named : null;
        };
    }

    private static List<Temperature> nozzles(Replies replies) {
        int tools = tools(replies.description);
        List<Temperature> nozzles = new ArrayList<>();
        for (Reply.Heater heater : replies.heaters.heaters()) {
            boolean isTool = heater.name().startsWith("T") && nozzles.size() < tools;
            if (isTool && heater.exists()) {
                nozzles.add(new Temperature(heater.actual(), heater.target()));
            }
        }
        return nozzles;
    }

    /** As many as are listed, if the printer does not tell. */
    private static int tools(Reply description) {
        String count = description.value("Tool Count");
        return count != null && count.matches("[1-9]") ? count.charAt(0) - '0' : Integer.MAX_VALUE;
    }

    private static @Nullable Temperature bed(Reply reply) {
        for (Reply.Heater heater : reply.heaters()) {
            if (heater.name().equals("B") && heater.exists()) {
                return new Temperature(heater.actual(), heater.target());
            }
        }
        return null;
    }

    private static @Nullable Boolean light(Reply machine) {
        return switch (Objects.requireNonNullElse(machine.value("LED"), "")) {
            case "1" -> Boolean.TRUE;
            case "0" -> Boolean.FALSE;
            default -> null;
        };
    }
}
