package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.http.stream.StreamMessage.Event;
import io.github.printer2mqtt.http.stream.StreamMessage.Notice;
import io.github.printer2mqtt.http.stream.StreamMessage.PrinterChange;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.json.WallDocument;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.Status;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a wall screen sees: every printer, reduced. An alert is a value of its printer here and no happening, so a client is sent
 * each printer whose alerts changed. Thread-safe.
 */
final class WallView implements StreamView {
    private static final BinaryOperator<Alert> WORST = BinaryOperator.maxBy(Comparator.comparing(Alert::severity));

    private final AlertService alerts;
    private volatile Worst worst = new Worst(List.of(), Map.of());

    /** @param open the list of which these are the most severe */
    private record Worst(List<Alert> open, Map<PrinterKey, Alert> alerts) {
        static Worst of(List<Alert> open) {
            Map<PrinterKey, Alert> worst = new HashMap<>();
            open.forEach(alert -> worst.merge(alert.key(), alert, WORST));
            return new Worst(open, worst);
        }
    }

    WallView(AlertService alerts) {
        this.alerts = alerts;
    }

    @Override
    public String digest() {
        return "wall";
    }

    @Override
    public boolean includes(@Nullable Status status) {
        return status != null;
    }

    @Override
    public byte[] encode(StatusDocument document) {
        return WallDocument.of(document.status(), worst(document.status()));
    }

    /** Temperatures, which change most often, are not shown. Alerts that change are notices. */
    @Override
    public boolean isNews(PrinterChange change, long seen) {
        return change.shownSince() > seen;
    }

    @Override
    public @Nullable Event noticeEvent(Notice notice) {
        Status about = notice.alerted();
        return about == null ? null : new Event("change", WallDocument.of(about, worst(about)));
    }

    /** Nothing is skipped: a shared snapshot may be older than an alert that has opened since. */
    @Override
    public long noticesAfter(long last) {
        return 0;
    }

    @Override
    public byte[] list(CombinedFleet.Snapshot snapshot) {
        return WallDocument.list(snapshot.documents(), this::worst);
    }

    /** The service makes a new list whenever an alert opens or clears. */
    private @Nullable Alert worst(Status status) {
        List<Alert> open = alerts.open();
        Worst known = worst;
        if (known.open() != open) {
            known = Worst.of(open);
            worst = known;
        }
        return known.alerts().get(status.key());
    }
}
