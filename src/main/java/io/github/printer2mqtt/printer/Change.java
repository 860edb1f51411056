package io.github.printer2mqtt.printer;

import org.jspecify.annotations.Nullable;

/**
 * One printer's status went from one to the other. Only the newest matters: a slow consumer may skip some.
 *
 * @param before what was announced last; null when the printer is new
 * @param after what it is now
 * @param version of the fleet with {@code after} in it
 */
public record Change(@Nullable Status before, Status after, long version) {}
