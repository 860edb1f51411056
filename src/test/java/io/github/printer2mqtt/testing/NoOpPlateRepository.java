package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.PlateRepository;

/** Stores nothing. */
public final class NoOpPlateRepository implements PlateRepository {
    @Override
    public void save(PrinterId printer, StoredPlate plate) {}

    @Override
    public void remove(PrinterId printer) {}
}
