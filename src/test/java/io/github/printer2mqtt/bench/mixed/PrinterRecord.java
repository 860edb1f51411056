package io.github.printer2mqtt.bench.mixed;

import java.util.ArrayList;
import java.util.List;

/** What one printer really did, with Unix times in milliseconds. Not thread-safe. */
final class PrinterRecord {
    /** A reading comes every 10 s at the latest while the printer is idle: two readings, and time for a slow machine. */
    private static final long BEFORE_MILLIS = 25_000;

    private static final long AFTER_MILLIS = 13_000;

    /** Time after a cut until the bridge may report it at the latest. */
    private static final long NOTICED_MILLIS = 20_000;

    /**
     * Something that must cause an event.
     *
     * @param type of the event
     * @param file of the job, unique in the farm
     */
    record Deed(String type, String file, long at) {}

    private record Span(long from, long to) {
        boolean overlaps(long start, long end) {
            return from <= end && start <= to;
        }
    }

    private final List<Deed> deeds = new ArrayList<>();
    private final List<Span> cuts = new ArrayList<>();

    void did(String type, String file, long at) {
        deeds.add(new Deed(type, file, at));
    }

    void wasCut(long from, long to) {
        cuts.add(new Span(from, to));
    }

    List<Deed> deeds() {
        return deeds;
    }

    int cuts() {
        return cuts.size();
    }

    /** Whether the printer answered long enough before and after a time for the bridge to see what changed. */
    boolean wasReachable(long at) {
        return cuts.stream().noneMatch(cut -> cut.overlaps(at - BEFORE_MILLIS, at + AFTER_MILLIS));
    }

    /** Whether a cut explains that the printer is reported offline at a time. */
    boolean explainsOffline(long at) {
        return cuts.stream().anyMatch(cut -> cut.overlaps(at - NOTICED_MILLIS, at));
    }

    /** Whether a deed happened so long before an end and after a beginning that it can be judged. */
    static boolean isJudged(Deed deed, long begin, long end) {
        return deed.at() - begin >= BEFORE_MILLIS && end - deed.at() >= AFTER_MILLIS;
    }

    /** Whether a printer that was offline from one time to another was so while a deed must be seen. */
    static boolean concerns(Deed deed, long offlineFrom, long onlineAt) {
        return new Span(offlineFrom, onlineAt).overlaps(deed.at() - BEFORE_MILLIS, deed.at() + AFTER_MILLIS);
    }
}
