package io.github.printer2mqtt.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * A node as another one sees it.
 *
 * @param isWorking whether it has the lease
 * @param version of the program
 * @param startedAt when it joined, by the clock of the database
 * @param silence since when its beat stands still
 */
public record NodeStatus(String name, boolean isWorking, String version, Instant startedAt, Duration silence) {}
