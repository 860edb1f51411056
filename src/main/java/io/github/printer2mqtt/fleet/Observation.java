package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterId;
import java.time.Duration;
import java.time.Instant;

/**
 * The result of one poll: the only thing that a session passes on.
 *
 * @param generation of the monitor that made it; the fleet drops observations of a replaced or removed monitor
 * @param latency from the start of the connect to the last byte, or to the failure
 * @param at when it completed, by the wall clock
 */
public record Observation(PrinterId printer, long generation, PollResult result, Duration latency, Instant at) {}
