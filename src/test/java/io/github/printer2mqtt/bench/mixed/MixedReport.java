package io.github.printer2mqtt.bench.mixed;

import io.github.printer2mqtt.bench.report.MeasurementSeries;
import io.github.printer2mqtt.bench.report.Table;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The faults and the table of a mixed farm. */
public final class MixedReport {
    private final Map<String, List<EventCheck>> makes;

    private MixedReport(Map<String, List<EventCheck>> makes) {
        this.makes = makes;
    }

    /**
     * Compares events with what happened between two Unix times in milliseconds.
     *
     * @param events of all printers, in order, each with the time of its arrival as {@link EventCheck#ARRIVED}
     */
    private static MixedReport ofEvents(List<ScriptedPrinter> printers, List<JsonObject> events, long begin, long end) {
        Map<String, List<JsonObject>> byPrinter =
                events.stream().collect(Collectors.groupingBy(event -> event.getString("printer")));
        return new MixedReport(printers.stream()
                .map(printer ->
                        new EventCheck(printer, byPrinter.getOrDefault(printer.id(), List.of())).judge(begin, end))
                .collect(Collectors.groupingBy(check -> check.printer().make(), TreeMap::new, Collectors.toList())));
    }

    /**
     * Compares what a subscriber received with what happened between two Unix times in milliseconds.
     *
     * @param subscriber that has received everything
     */
    public static MixedReport of(List<ScriptedPrinter> printers, TestSubscriber subscriber, long begin, long end) {
        List<TestSubscriber.Heard> heard = subscriber.all();
        List<Long> arrivals = subscriber.arrivals();
        List<JsonObject> events = new ArrayList<>();
        for (int i = 0; i < heard.size(); i++) {
            events.add(heard.get(i).json().put(EventCheck.ARRIVED, arrivals.get(i)));
        }
        return ofEvents(printers, events, begin, end);
    }

    /** One line for each event that was lost or invented, and for each printer that was reported offline without a cut. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        makes.values().stream().flatMap(List::stream).forEach(check -> {
            check.invented().forEach(event -> faults.add("invented: " + event));
            check.lost().forEach(event -> faults.add("lost: " + event));
            check.falselyOffline().forEach(offline -> faults.add("offline without a cut: " + offline));
        });
        return faults;
    }

    /** Prints a row for each make, and one for all. */
    public void print() {
        Table.head(
                "make",
                "printers",
                "cuts",
                "prints ended",
                "happened",
                "events",
                "expected",
                "lost",
                "invented",
                "requests a minute, idle and printing",
                "kB a minute, idle and printing",
                "most sockets of a printer",
                "change to subscriber p50, p99 ms");
        makes.forEach(MixedReport::row);
        row("all", makes.values().stream().flatMap(List::stream).toList());
    }

    private static void row(String make, List<EventCheck> checks) {
        Traffic idle = traffic(checks, check -> check.printer().idle());
        Traffic printing = traffic(checks, check -> check.printer().printing());
        Table.row(
                make,
                Integer.toString(checks.size()),
                sum(checks, check -> check.printer().record().cuts()),
                sum(checks, check -> check.printer().endedPrints()),
                sum(checks, check -> check.printer().record().deeds().size()),
                sum(checks, EventCheck::received),
                sum(checks, EventCheck::expected),
                sum(checks, check -> check.lost().size()),
                sum(checks, check -> check.invented().size()),
                pair(idle.requestsPerMinute(), printing.requestsPerMinute()),
                pair(idle.kilobytesPerMinute(), printing.kilobytesPerMinute()),
                Integer.toString(List.of(idle.mostSockets(), printing.mostSockets()).stream()
                        .max(Comparator.naturalOrder())
                        .orElseThrow()),
                delays(checks));
    }

    private static String delays(List<EventCheck> checks) {
        List<Double> sorted = checks.stream()
                .flatMap(check -> check.delays().stream())
                .sorted()
                .toList();
        return sorted.isEmpty()
                ? "-"
                : MeasurementSeries.number(sorted.get(sorted.size() / 2), 0) + ", "
                        + MeasurementSeries.number(sorted.get((int) (sorted.size() * 0.99)), 0);
    }

    private static String pair(double idle, double printing) {
        return MeasurementSeries.number(idle, 1) + ", " + MeasurementSeries.number(printing, 1);
    }

    private static String sum(List<EventCheck> checks, ToIntFunction<EventCheck> count) {
        return Integer.toString(checks.stream().mapToInt(count).sum());
    }

    private static Traffic traffic(List<EventCheck> checks, Function<EventCheck, Traffic> part) {
        Traffic all = new Traffic();
        checks.forEach(check -> all.add(part.apply(check)));
        return all;
    }
}
