package io.github.printer2mqtt.poll;

import io.github.printer2mqtt.fleet.JobRepository;
import io.github.printer2mqtt.printer.Job;
import io.github.printer2mqtt.printer.LastJob;
import io.github.printer2mqtt.printer.PrinterId;

/** Writes nothing down. */
final class NoOpJobRepository implements JobRepository {
    @Override
    public void onRunning(PrinterId printer, Job job) {}

    @Override
    public void onEnded(PrinterId printer, LastJob last) {}

    @Override
    public void onForgotten(PrinterId printer) {}
}
