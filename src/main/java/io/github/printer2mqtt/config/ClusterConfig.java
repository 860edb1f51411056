package io.github.printer2mqtt.config;

import java.time.Duration;

/**
 * Section {@code cluster}: this bridge is one of several nodes that keep the same printers in the same database.
 *
 * @param node the name of this node, unique among them
 * @param lease how long a node may be silent before another takes over
 */
public record ClusterConfig(String node, Duration lease) {}
