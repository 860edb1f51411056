package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.persistence.AlertRepository;
import io.github.printer2mqtt.persistence.AlertRepository.StoredAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which conditions the printers are in, since when, and which alerts are open. Pure: time comes with each look, from a
 * clock that never jumps; the wall clock is only for stamps. Belongs to one context.
 *
 * <p>It is to be shown a status when it changes, and those of {@link #watched()} now and then, since a condition may last
 * long enough without any change.
 */
final class AlertEngine {
    private final Function<PrinterId, AlertsConfig> thresholds;
    private final AlertRepository ledger;
    private final Map<PrinterId, Map<AlertCode, AlertState>> alertStates = new HashMap<>();

    /**
     * @param thresholds of a printer, asked at each look; those of the configuration for one that has none of its own
     * @param ledger where open alerts are written down
     */
    AlertEngine(Function<PrinterId, AlertsConfig> thresholds, AlertRepository ledger) {
        this.thresholds = thresholds;
        this.ledger = ledger;
    }

    /** Alerts that were open before a restart: they stay so until a look tells that they are over. */
    void remember(List<StoredAlert> memories) {
        for (StoredAlert memory : memories) {
            Alert alert = memory.alert();
            alertStates
                    .computeIfAbsent(alert.printer(), id -> new EnumMap<>(AlertCode.class))
                    .put(alert.code(), new AlertState.Open(alert, null, memory.acknowledged(), null));
        }
    }

    /** Looks at a printer and answers what opened and cleared. One that is late or not decided yet changes nothing. */
    List<Alert.Change> look(Status now, long nanos, Instant wall) {
        if (now.poll().reason() == FailureReason.DISABLED) {
            return drop(now.id());
        }
        boolean late = now.online() && now.poll().failures() > 0;
        if (late || now.state() == PrinterState.UNKNOWN) {
            return List.of();
        }
        AlertsConfig limits = thresholds.apply(now.id());
        Map<AlertCode, AlertState> before = alertStates.getOrDefault(now.id(), Map.of());
        Map<AlertCode, AlertState> after = new EnumMap<>(AlertCode.class);
        List<Alert.Change> changes = new ArrayList<>(0);
        for (AlertCode code : AlertCode.values()) {
            AlertState alertState = before.get(code);
            AlertState next = limits.rules().contains(code)
                    ? step(Rules.of(code, limits), alertState, now, nanos, wall, changes)
                    : over(alertState, changes);
            if (next != null) {
                after.put(code, next);
            }
        }
        if (after.isEmpty()) {
            alertStates.remove(now.id());
        } else {
            alertStates.put(now.id(), after);
        }
        return changes;
    }

    /** Forgets a printer: what was open of it clears. */
    List<Alert.Change> drop(PrinterId printer) {
        List<Alert.Change> changes = new ArrayList<>(0);
        Map<AlertCode, AlertState> dropped = alertStates.remove(printer);
        if (dropped != null) {
            dropped.values().forEach(alertState -> over(alertState, changes));
        }
        return changes;
    }

    /**
     * Notes that somebody has seen an alert: it clears, and does not open again before its condition is over.
     *
     * @return how it cleared; null if no such alert is open, or it is acknowledged already
     */
    Alert.@Nullable Change acknowledge(PrinterId printer, AlertCode code) {
        Map<AlertCode, AlertState> ofPrinter = alertStates.getOrDefault(printer, Map.of());
        if (!(ofPrinter.get(code) instanceof AlertState.Open open) || open.acknowledged()) {
            return null;
        }
        ofPrinter.put(code, open.asAcknowledged());
        ledger.save(new StoredAlert(open.alert(), true));
        return Alert.Change.cleared(open.alert());
    }

    /** The alerts that are open and not acknowledged, in no order. */
    List<Alert> open() {
        List<Alert> all = new ArrayList<>();
        for (Map<AlertCode, AlertState> ofPrinter : alertStates.values()) {
            for (AlertState alertState : ofPrinter.values()) {
                if (alertState instanceof AlertState.Open open && !open.acknowledged()) {
                    all.add(open.alert());
                }
            }
        }
        return all;
    }

    /** The printers with a condition that time may open or clear. */
    Set<PrinterId> watched() {
        return Set.copyOf(alertStates.keySet());
    }

    private @Nullable AlertState step(
            Rule rule,
            @Nullable AlertState alertState,
            Status now,
            long nanos,
            Instant wall,
            List<Alert.Change> changes) {
        if (!(alertState instanceof AlertState.Open open)) {
            return towardsOpen(rule, (AlertState.Waiting) alertState, now, nanos, wall, changes);
        }
        Evaluation sight = rule.lookAgain(now, open.subject());
        if (sight instanceof Evaluation.Holds holds) {
            return open.seen(holds.subject());
        }
        if (sight instanceof Evaluation.Gone gone) {
            AlertState.Open fading = open.goneSince(nanos);
            if (!fading.isOver(nanos, gone.clearAfter())) {
                return fading;
            }
            over(open, changes);
            // The end of one condition may be the beginning of the next: the layer after a stall.
            return towardsOpen(rule, null, now, nanos, wall, changes);
        }
        return open;
    }

    private @Nullable AlertState towardsOpen(
            Rule rule,
            AlertState.@Nullable Waiting before,
            Status now,
            long nanos,
            Instant wall,
            List<Alert.Change> changes) {
        Evaluation sight = rule.look(now, before == null ? null : before.subject());
        if (sight instanceof Evaluation.Unseen) {
            return before;
        }
        if (!(sight instanceof Evaluation.Holds holds)) {
            return null;
        }
        AlertState.Waiting waiting = before != null && before.subject().equals(holds.subject())
                ? before
                : new AlertState.Waiting(holds.subject(), nanos, wall, holds.openAfter());
        if (!waiting.isOver(nanos)) {
            return waiting;
        }
        Alert alert = new Alert(
                now.id(), rule.code(), rule.severity(), holds.message().get(), waiting.since());
        ledger.save(new StoredAlert(alert, false));
        changes.add(Alert.Change.opened(alert));
        return new AlertState.Open(alert, holds.subject(), false, null);
    }

    private @Nullable AlertState over(@Nullable AlertState alertState, List<Alert.Change> changes) {
        if (alertState instanceof AlertState.Open open) {
            ledger.remove(open.alert());
            if (!open.acknowledged()) {
                changes.add(Alert.Change.cleared(open.alert()));
            }
        }
        return null;
    }

    /** The rule of each code. */
    static final class Rules {
        private Rules() {}

        static Rule of(AlertCode code, AlertsConfig thresholds) {
            return switch (code) {
                case OFFLINE -> new OfflineRule(thresholds.offlineAfter());
                case ERROR -> new ErrorRule();
                case ATTENTION -> new AttentionRule();
                case STALLED -> new StalledRule(thresholds.stalledAfter());
                case TEMPERATURE -> new TemperatureRule(thresholds.temperature());
                case NOT_CLEARED -> new NotClearedRule(thresholds.notClearedAfter());
            };
        }
    }
}
