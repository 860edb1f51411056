package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.JobRepository;

/** Stores nothing. */
public final class NoOpJobRepository implements JobRepository {
    @Override
    public void saveRunning(PrinterId printer, Job job) {}

    @Override
    public void saveEnded(PrinterId printer, LastJob last) {}

    @Override
    public void remove(PrinterId printer) {}
}
