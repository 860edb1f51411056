package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.persistence.PlateRepository;
import io.github.printer2mqtt.persistence.PlateRepository.StoredPlate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves the plates of the fleet's printers and stores what changed. Its methods return the events of a change. Guarded by the
 * lock of {@link FleetState}.
 */
final class PlateRecorder {
    private final PlateRepository repository;
    private final BridgeConfig.Plate config;
    private final Map<PrinterId, StoredPlate> restored = new HashMap<>();

    /** Disabled printers with a plate that may be cooling. */
    private final Set<PrinterEntry> unobserved = new HashSet<>();

    PlateRecorder(PlateRepository repository, BridgeConfig.Plate config) {
        this.repository = repository;
        this.config = config;
    }

    void restore(Map<PrinterId, StoredPlate> stored) {
        restored.putAll(stored);
    }

    /** The plate of a printer that is registered for the first time since the start. */
    PlateTrack take(PrinterId printer) {
        StoredPlate stored = restored.remove(printer);
        return stored == null ? PlateTrack.empty() : PlateTrack.of(stored);
    }

    void onRegistered(PrinterEntry entry) {
        if (entry.printer.enabled()) {
            unobserved.remove(entry);
        } else {
            unobserved.add(entry);
        }
    }

    void remove(PrinterEntry entry) {
        unobserved.remove(entry);
        repository.remove(entry.printer.id());
    }

    List<JobTrack.Transition> onReading(PrinterEntry entry, PlateTrack.Sighting sighting) {
        return advance(entry, entry.plate.step(sighting, config));
    }

    /** After a failed poll. */
    List<JobTrack.Transition> onTime(PrinterEntry entry, Instant at) {
        return advance(entry, entry.plate.waited(at, config));
    }

    /** After a user cleared a plate that was neither in use nor clear. */
    List<JobTrack.Transition> onCleared(PrinterEntry entry, Instant at) {
        Reading reading = entry.isOnline() ? entry.reading : null;
        List<JobTrack.Transition> transitions =
                advance(entry, entry.plate.cleared(reading == null ? null : PlateEvidence.shown(reading), at));
        return entry.printer.enabled() ? transitions : List.of();
    }

    /** Lets time pass for the disabled printers, which have no events; returns those whose plate changed. */
    List<PrinterEntry> coolUnobserved(Instant at) {
        if (unobserved.isEmpty()) {
            return List.of();
        }
        List<PrinterEntry> changed = new ArrayList<>(0);
        for (PrinterEntry entry : unobserved) {
            if (!onTime(entry, at).isEmpty()) {
                changed.add(entry);
            }
        }
        unobserved.removeIf(entry -> !isCooling(entry.plate));
        return changed;
    }

    private List<JobTrack.Transition> advance(PrinterEntry entry, PlateTrack.Step step) {
        PlateTrack next = step.track();
        if (!next.equals(entry.plate)) {
            StoredPlate stored = next.stored();
            if (stored != null && !stored.equals(entry.plate.stored())) {
                repository.save(entry.printer.id(), stored);
            }
            entry.plate = next;
        }
        return step.transition() == null ? List.of() : List.of(step.transition());
    }

    private static boolean isCooling(PlateTrack track) {
        return track.plate() != null && track.plate().state() == Plate.State.COOLING;
    }
}
