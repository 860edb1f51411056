package io.github.printer2mqtt.printer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A print as the status shows it.
 *
 * @param job what the printer says
 * @param finishAt when it will be done, rounded to the minute; null if unknown or stale
 * @param stale whether these are the last known values of a printer that is offline now
 */
public record JobStatus(Job job, @Nullable Instant finishAt, boolean stale) {}
