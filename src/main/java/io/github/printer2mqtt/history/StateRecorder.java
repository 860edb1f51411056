package io.github.printer2mqtt.history;

import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.persistence.HistoryRepository;
import java.time.InstantSource;

/**
 * Records each change of a printer's state. A change of state is published at once, so none is missed. Called on the fleet's
 * context; the repository returns at once.
 */
record StateRecorder(HistoryRepository repository, InstantSource clock) implements FleetListener {
    @Override
    public void onChange(Status.Change change) {
        Status before = change.before();
        Status after = change.after();
        if (before != null && before.state() != after.state()) {
            repository.add(new HistoryRepository.StateChange(
                    after.id(),
                    after.name(),
                    after.group(),
                    clock.instant(),
                    before.state(),
                    after.state(),
                    after.online() ? null : after.poll().reason()));
        }
    }
}
