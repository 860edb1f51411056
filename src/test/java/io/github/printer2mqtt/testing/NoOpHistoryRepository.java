package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.HistoryRepository;

/** Stores nothing. */
public final class NoOpHistoryRepository implements HistoryRepository {
    @Override
    public void savePrint(PrinterId printer, Print print) {}

    @Override
    public void add(EndedJob job) {}

    @Override
    public void add(StateChange change) {}

    @Override
    public void remove(PrinterId printer) {}
}
