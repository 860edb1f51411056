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
 * Tracks pending and open alerts of the fleet. Pure: each evaluation is given the monotonic time and the wall clock, which
 * is used for timestamps only. Belongs to one context.
 *
 * <p>Call {@link #evaluate} for every changed status, and regularly for those of {@link #trackedPrinters()}, because an
 * alert may open or clear without a change.
 */
final class AlertEngine {
    private final Function<PrinterId, AlertsConfig> thresholds;
    private final AlertRepository repository;
    private final Map<PrinterId, Map<AlertCode, AlertState>> alertStates = new HashMap<>();

    /**
     * @param thresholds of a printer, read at each evaluation
     * @param repository stores open alerts
     */
    AlertEngine(Function<PrinterId, AlertsConfig> thresholds, AlertRepository repository) {
        this.thresholds = thresholds;
        this.repository = repository;
    }

    /** Restores alerts that were open before a restart; they stay open until an evaluation clears them. */
    void restore(List<StoredAlert> memories) {
        for (StoredAlert memory : memories) {
            Alert alert = memory.alert();
            alertStates
                    .computeIfAbsent(alert.printer(), id -> new EnumMap<>(AlertCode.class))
                    .put(alert.code(), new AlertState.Firing(alert, null, memory.acknowledged(), null));
        }
    }

    /**
     * Evaluates a printer and returns what opened and cleared. A printer that is late or not decided yet
     * changes nothing; a disabled one and one in maintenance have no alerts.
     */
    List<Alert.Change> evaluate(Status now, long nanos, Instant wall) {
        if (now.poll().reason() == FailureReason.DISABLED || now.maintenance() != null) {
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
                    ? advance(code, rule(code, limits), alertState, now, nanos, wall, changes)
                    : clear(alertState, changes);
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

    /** Stops tracking a printer; its open alerts clear. */
    List<Alert.Change> drop(PrinterId printer) {
        List<Alert.Change> changes = new ArrayList<>(0);
        Map<AlertCode, AlertState> dropped = alertStates.remove(printer);
        if (dropped != null) {
            dropped.values().forEach(alertState -> clear(alertState, changes));
        }
        return changes;
    }

    /**
     * Acknowledges an alert: it clears, and does not open again before its condition clears.
     *
     * @return the change; null if no such alert is open or it is already acknowledged
     */
    Alert.@Nullable Change acknowledge(PrinterId printer, AlertCode code) {
        Map<AlertCode, AlertState> ofPrinter = alertStates.getOrDefault(printer, Map.of());
        if (!(ofPrinter.get(code) instanceof AlertState.Firing open) || open.acknowledged()) {
            return null;
        }
        ofPrinter.put(code, open.asAcknowledged());
        repository.save(new StoredAlert(open.alert(), true));
        return Alert.Change.cleared(open.alert());
    }

    /** The alerts that are open and not acknowledged, unordered. */
    List<Alert> open() {
        List<Alert> all = new ArrayList<>();
        for (Map<AlertCode, AlertState> ofPrinter : alertStates.values()) {
            for (AlertState alertState : ofPrinter.values()) {
                if (alertState instanceof AlertState.Firing open && !open.acknowledged()) {
                    all.add(open.alert());
                }
            }
        }
        return all;
    }

    /** The printers with pending or open alerts, which time may open or clear. */
    Set<PrinterId> trackedPrinters() {
        return Set.copyOf(alertStates.keySet());
    }

    private @Nullable AlertState advance(
            AlertCode code,
            Rule rule,
            @Nullable AlertState alertState,
            Status now,
            long nanos,
            Instant wall,
            List<Alert.Change> changes) {
        if (!(alertState instanceof AlertState.Firing open)) {
            return advancePending(code, rule, (AlertState.Pending) alertState, now, nanos, wall, changes);
        }
        Evaluation evaluation = rule.reevaluate(now, open.subject());
        if (evaluation instanceof Evaluation.Active active) {
            return open.withSubject(active.subject());
        }
        if (evaluation instanceof Evaluation.Cleared cleared) {
            AlertState.Firing clearing = open.withClearedSince(nanos);
            if (!clearing.isDue(nanos, cleared.clearAfter())) {
                return clearing;
            }
            clear(open, changes);
            // A new condition may start at once, for example a stall at the next layer.
            return advancePending(code, rule, null, now, nanos, wall, changes);
        }
        return open;
    }

    private @Nullable AlertState advancePending(
            AlertCode code,
            Rule rule,
            AlertState.@Nullable Pending before,
            Status now,
            long nanos,
            Instant wall,
            List<Alert.Change> changes) {
        Evaluation evaluation = rule.evaluate(now, before == null ? null : before.subject());
        if (evaluation instanceof Evaluation.Unknown) {
            return before;
        }
        if (!(evaluation instanceof Evaluation.Active active)) {
            return null;
        }
        AlertState.Pending pending = before != null && before.subject().equals(active.subject())
                ? before
                : new AlertState.Pending(active.subject(), nanos, wall, active.openAfter());
        if (!pending.isDue(nanos)) {
            return pending;
        }
        Alert alert =
                new Alert(now.id(), code, code.severity(), active.message().get(), pending.since());
        repository.save(new StoredAlert(alert, false));
        changes.add(Alert.Change.opened(alert));
        return new AlertState.Firing(alert, active.subject(), false, null);
    }

    private @Nullable AlertState clear(@Nullable AlertState alertState, List<Alert.Change> changes) {
        if (alertState instanceof AlertState.Firing open) {
            repository.remove(open.alert());
            if (!open.acknowledged()) {
                changes.add(Alert.Change.cleared(open.alert()));
            }
        }
        return null;
    }

    private static Rule rule(AlertCode code, AlertsConfig limits) {
        return switch (code) {
            case OFFLINE -> new OfflineRule(limits.offlineAfter());
            case ERROR -> new StateRule(PrinterState.ERROR, "Error");
            case ATTENTION -> new StateRule(PrinterState.ATTENTION, "Needs attention");
            case STALLED -> new StalledRule(limits.stalledAfter());
            case TEMPERATURE -> new TemperatureRule(limits.temperature());
            case NOT_CLEARED -> new NotClearedRule(limits.notClearedAfter());
        };
    }
}
