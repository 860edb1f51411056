package io.github.printer2mqtt.history;

import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.json.Json;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.persistence.HistoryArchive.Totals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Statistics of printers, groups and the fleet as JSON. Pure. */
final class StatisticsDocument {
    private StatisticsDocument() {}

    /**
     * A period.
     *
     * @param recordedFrom since when it is known what was printed in it; {@code to} if nothing is known
     */
    record Period(Instant from, Instant recordedFrom, Instant to, Instant now) {
        long recordedSeconds() {
            return Duration.between(recordedFrom, to).toSeconds();
        }
    }

    /** @param name and group are those of now, or of the last print of a removed printer */
    private record Row(
            PrinterId printer, String name, @Nullable String group, PrintStatistics statistics) {}

    static JsonObject of(
            HistoryService.StatisticsQuery query, Period period, List<Totals> totals, FleetSnapshot fleet) {
        PrintStatistics all = PrintStatistics.NONE;
        Map<String, PrintStatistics> groups = new TreeMap<>();
        JsonArray printers = new JsonArray();
        for (Row row : rows(period, totals, fleet)) {
            boolean isWanted = (query.printer() == null || query.printer().equals(row.printer()))
                    && (query.group() == null || query.group().equals(row.group()));
            if (isWanted) {
                all = all.and(row.statistics());
                if (row.group() != null) {
                    groups.merge(row.group(), row.statistics(), PrintStatistics::and);
                }
                printers.add(new JsonObject()
                        .put("printer", row.printer().value())
                        .put("name", row.name())
                        .put("group", row.group())
                        .put("registered", row.statistics().printers() > 0)
                        .mergeIn(row.statistics().document(period.recordedSeconds())));
            }
        }
        JsonArray ofGroups = new JsonArray();
        groups.forEach((group, statistics) -> ofGroups.add(
                new JsonObject().put("group", group).mergeIn(statistics.document(period.recordedSeconds()))));
        return new JsonObject()
                .put("from", Json.text(period.from()))
                .put("to", Json.text(period.to()))
                .put("recorded_from", Json.text(period.recordedFrom()))
                .put("fleet", all.document(period.recordedSeconds()))
                .put("groups", ofGroups)
                .put("printers", printers);
    }

    /** Every registered printer, and the removed ones that printed, in the order of their ids. */
    private static List<Row> rows(Period period, List<Totals> totals, FleetSnapshot fleet) {
        Map<String, Row> rows = new TreeMap<>();
        for (Totals each : totals) {
            PrintStatistics statistics = new PrintStatistics(0, each.jobs(), each.printed(), 0, null);
            rows.put(each.printer().value(), new Row(each.printer(), each.name(), each.group(), statistics));
        }
        for (StatusDocument document : fleet.documents()) {
            Status status = document.status();
            Row past = rows.get(status.id().value());
            PrintStatistics before = past == null ? PrintStatistics.NONE : past.statistics();
            long printed = before.printed()
                    + PresentPrint.printedSeconds(status, period.recordedFrom(), period.to(), period.now());
            PrintStatistics statistics = new PrintStatistics(
                    1, before.jobs(), printed, printed, PresentPrint.nextFree(status, period.now()));
            rows.put(status.id().value(), new Row(status.id(), status.name(), status.group(), statistics));
        }
        return new ArrayList<>(rows.values());
    }
}
