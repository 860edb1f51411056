package io.github.printer2mqtt.wire;

import java.time.Duration;

/**
 * How the process is.
 *
 * @param uptime since its start
 * @param heapUsed bytes
 * @param heapMax bytes
 * @param threads alive
 */
public record ProcessStats(Duration uptime, long heapUsed, long heapMax, int threads) {}
