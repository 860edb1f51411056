package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.JobRepository;

/** Stores nothing. */
public final class NoOpJobRepository implements JobRepository {
    @Override
    public void save(PrinterId printer, Step step) {}

    @Override
    public void remove(PrinterId printer) {}
}
