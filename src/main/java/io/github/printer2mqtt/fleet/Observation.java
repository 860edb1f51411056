package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterId;
import java.time.Duration;
import java.time.Instant;

/**
 * A reading or a miss, and where it came from: the only thing that flows up from a session.
 *
 * @param printer whose
 * @param generation of the watch that made it; the fleet drops one from a watch that was replaced or removed
 * @param finding the reading or the miss
 * @param latency from the start of the connect to the last byte, or to giving up
 * @param at when it was complete, by the wall clock
 */
public record Observation(PrinterId printer, long generation, PollResult finding, Duration latency, Instant at) {}
