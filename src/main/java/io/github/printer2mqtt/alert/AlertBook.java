package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.alert.AlertLedger.Memory;
import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.printer.Alert;
import io.github.printer2mqtt.printer.AlertChange;
import io.github.printer2mqtt.printer.AlertCode;
import io.github.printer2mqtt.printer.MissReason;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.printer.PrinterState;
import io.github.printer2mqtt.printer.Status;
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
final class AlertBook {
    private final Function<PrinterId, AlertsConfig> thresholds;
    private final AlertLedger ledger;
    private final Map<PrinterId, Map<AlertCode, Vigil>> vigils = new HashMap<>();

    /**
     * @param thresholds of a printer, asked at each look; those of the configuration for one that has none of its own
     * @param ledger where open alerts are written down
     */
    AlertBook(Function<PrinterId, AlertsConfig> thresholds, AlertLedger ledger) {
        this.thresholds = thresholds;
        this.ledger = ledger;
    }

    /** Alerts that were open before a restart: they stay so until a look tells that they are over. */
    void remember(List<Memory> memories) {
        for (Memory memory : memories) {
            Alert alert = memory.alert();
            vigils.computeIfAbsent(alert.printer(), id -> new EnumMap<>(AlertCode.class))
                    .put(alert.code(), new Vigil.Open(alert, null, memory.acknowledged(), null));
        }
    }

    /** Looks at a printer and answers what opened and cleared. One that is late or not decided yet changes nothing. */
    List<AlertChange> look(Status now, long nanos, Instant wall) {
        if (now.poll().reason() == MissReason.DISABLED) {
            return drop(now.id());
        }
        boolean late = now.online() && now.poll().failures() > 0;
        if (late || now.state() == PrinterState.UNKNOWN) {
            return List.of();
        }
        AlertsConfig limits = thresholds.apply(now.id());
        Map<AlertCode, Vigil> before = vigils.getOrDefault(now.id(), Map.of());
        Map<AlertCode, Vigil> after = new EnumMap<>(AlertCode.class);
        List<AlertChange> changes = new ArrayList<>(0);
        for (AlertCode code : AlertCode.values()) {
            Vigil vigil = before.get(code);
            Vigil next = limits.rules().contains(code)
                    ? step(Rules.of(code, limits), vigil, now, nanos, wall, changes)
                    : over(vigil, changes);
            if (next != null) {
                after.put(code, next);
            }
        }
        if (after.isEmpty()) {
            vigils.remove(now.id());
        } else {
            vigils.put(now.id(), after);
        }
        return changes;
    }

    /** Forgets a printer: what was open of it clears. */
    List<AlertChange> drop(PrinterId printer) {
        List<AlertChange> changes = new ArrayList<>(0);
        Map<AlertCode, Vigil> dropped = vigils.remove(printer);
        if (dropped != null) {
            dropped.values().forEach(vigil -> over(vigil, changes));
        }
        return changes;
    }

    /**
     * Notes that somebody has seen an alert: it clears, and does not open again before its condition is over.
     *
     * @return how it cleared; null if no such alert is open, or it is acknowledged already
     */
    @Nullable AlertChange acknowledge(PrinterId printer, AlertCode code) {
        Map<AlertCode, Vigil> ofPrinter = vigils.getOrDefault(printer, Map.of());
        if (!(ofPrinter.get(code) instanceof Vigil.Open open) || open.acknowledged()) {
            return null;
        }
        ofPrinter.put(code, open.asAcknowledged());
        ledger.onOpen(new Memory(open.alert(), true));
        return AlertChange.cleared(open.alert());
    }

    /** The alerts that are open and not acknowledged, in no order. */
    List<Alert> open() {
        List<Alert> all = new ArrayList<>();
        for (Map<AlertCode, Vigil> ofPrinter : vigils.values()) {
            for (Vigil vigil : ofPrinter.values()) {
                if (vigil instanceof Vigil.Open open && !open.acknowledged()) {
                    all.add(open.alert());
                }
            }
        }
        return all;
    }

    /** The printers with a condition that time may open or clear. */
    Set<PrinterId> watched() {
        return Set.copyOf(vigils.keySet());
    }

    private @Nullable Vigil step(
            Rule rule, @Nullable Vigil vigil, Status now, long nanos, Instant wall, List<AlertChange> changes) {
        if (!(vigil instanceof Vigil.Open open)) {
            return towardsOpen(rule, (Vigil.Waiting) vigil, now, nanos, wall, changes);
        }
        Sight sight = rule.lookAgain(now, open.subject());
        if (sight instanceof Sight.Holds holds) {
            return open.seen(holds.subject());
        }
        if (sight instanceof Sight.Gone gone) {
            Vigil.Open fading = open.goneSince(nanos);
            if (!fading.isOver(nanos, gone.clearAfter())) {
                return fading;
            }
            over(open, changes);
            // The end of one condition may be the beginning of the next: the layer after a stall.
            return towardsOpen(rule, null, now, nanos, wall, changes);
        }
        return open;
    }

    private @Nullable Vigil towardsOpen(
            Rule rule,
            Vigil.@Nullable Waiting before,
            Status now,
            long nanos,
            Instant wall,
            List<AlertChange> changes) {
        Sight sight = rule.look(now, before == null ? null : before.subject());
        if (sight instanceof Sight.Unseen) {
            return before;
        }
        if (!(sight instanceof Sight.Holds holds)) {
            return null;
        }
        Vigil.Waiting waiting = before != null && before.subject().equals(holds.subject())
                ? before
                : new Vigil.Waiting(holds.subject(), nanos, wall, holds.openAfter());
        if (!waiting.isOver(nanos)) {
            return waiting;
        }
        Alert alert = new Alert(
                now.id(), rule.code(), rule.severity(), holds.message().get(), waiting.since());
        ledger.onOpen(new Memory(alert, false));
        changes.add(AlertChange.opened(alert));
        return new Vigil.Open(alert, holds.subject(), false, null);
    }

    private @Nullable Vigil over(@Nullable Vigil vigil, List<AlertChange> changes) {
        if (vigil instanceof Vigil.Open open) {
            ledger.onOver(open.alert());
            if (!open.acknowledged()) {
                changes.add(AlertChange.cleared(open.alert()));
            }
        }
        return null;
    }
}
