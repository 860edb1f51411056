package io.github.printer2mqtt.bench.mixed;

import io.github.printer2mqtt.bench.mixed.PrinterRecord.Deed;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the events of one printer with what it really did. */
final class EventCheck {
    private static final Set<String> OF_PRINTS = Set.of(
            "print_started", "print_paused", "print_resumed", "print_finished", "print_cancelled", "print_failed");

    /**
     * Ends that a make does not tell: Repetier-Server not how a print ended, and a print of a minute has no progress that proves it; an
     * older FlashForge only a finished one.
     */
    private static final Map<String, Set<String>> UNPROVEN = Map.of(
            "repetier", Set.of("print_finished", "print_cancelled"),
            "flashforge_tcp", Set.of("print_cancelled", "print_failed"));

    /** When an event arrived at the subscriber, as a Unix time in milliseconds; beside the members of the document. */
    static final String ARRIVED = "arrived";

    /** The script notices a finished print later than the bridge, above all while the heap is counted. */
    private static final long EARLY_MILLIS = 10_000;

    private final ScriptedPrinter printer;
    private final List<JsonObject> events;
    private final List<String> invented = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> falselyOffline = new ArrayList<>();
    private final List<Double> delays = new ArrayList<>();
    private int received;
    private int expected;

    /** @param events of this printer, in order */
    EventCheck(ScriptedPrinter printer, List<JsonObject> events) {
        this.printer = printer;
        this.events = events;
    }

    /** Judges what happened between two Unix times in milliseconds. */
    EventCheck judge(long begin, long end) {
        List<Deed> open = new ArrayList<>(printer.record().deeds());
        for (JsonObject event : events) {
            String type = event.getString("event_type");
            if (OF_PRINTS.contains(type)) {
                Deed cause = cause(event, open);
                if (cause == null) {
                    invented.add(event.encode());
                } else {
                    open.remove(cause);
                    received++;
                    measure(event, cause);
                }
            } else if (type.equals("printer_offline") && !printer.record().explainsOffline(at(event))) {
                falselyOffline.add(printer.id() + " at " + event.getString("at"));
            }
        }
        for (Deed deed : printer.record().deeds()) {
            if (PrinterRecord.isJudged(deed, begin, end)
                    && printer.record().wasReachable(deed.at())
                    && isProven(deed)
                    && wasOnline(deed, end)) {
                expected++;
                if (open.contains(deed)) {
                    lost.add(deed.type() + " of " + deed.file() + " at " + Instant.ofEpochMilli(deed.at()));
                }
            }
        }
        return this;
    }

    /** Finished prints are left out, because the script notices them up to a quarter of a second later. */
    private void measure(JsonObject event, Deed cause) {
        if (!cause.type().equals("print_finished") && printer.record().wasReachable(cause.at())) {
            delays.add((double) (event.getLong(ARRIVED) - cause.at()));
        }
    }

    /** The newest deed before an event that causes it; null if there is none left. */
    private static @Nullable Deed cause(JsonObject event, List<Deed> open) {
        JsonObject job = event.getJsonObject("job");
        String file = job == null ? null : job.getString("file");
        Deed newest = null;
        for (Deed deed : open) {
            // An Elegoo does not name the file while it heats.
            boolean named = file == null
                    ? deed.type().equals("print_started")
                    : deed.file().equals(file);
            if (named && deed.type().equals(event.getString("event_type")) && deed.at() - at(event) < EARLY_MILLIS) {
                newest = deed;
            }
        }
        return newest;
    }

    private boolean isProven(Deed deed) {
        return !UNPROVEN.getOrDefault(printer.make(), Set.of()).contains(deed.type());
    }

    private boolean wasOnline(Deed deed, long end) {
        long offlineFrom = 0;
        for (JsonObject event : events) {
            switch (event.getString("event_type")) {
                case "printer_offline" -> offlineFrom = at(event);
                case "printer_online" -> {
                    if (offlineFrom > 0 && PrinterRecord.concerns(deed, offlineFrom, at(event))) {
                        return false;
                    }
                    offlineFrom = 0;
                }
                default -> {}
            }
        }
        return offlineFrom == 0 || !PrinterRecord.concerns(deed, offlineFrom, end);
    }

    private static long at(JsonObject event) {
        return Instant.parse(event.getString("at")).toEpochMilli();
    }

    ScriptedPrinter printer() {
        return printer;
    }

    List<String> invented() {
        return invented;
    }

    List<String> lost() {
        return lost;
    }

    List<String> falselyOffline() {
        return falselyOffline;
    }

    /** Milliseconds from a change at the printer to the arrival of its event, while the printer was reachable. */
    List<Double> delays() {
        return delays;
    }

    int received() {
        return received;
    }

    int expected() {
        return expected;
    }
}
