/**
 * The state of the fleet: merges observations into statuses and derives availability, sessions, changes, events, last jobs.
 *
 * <p>Pure: no timers, no I/O, no Vert.x. {@link io.github.printer2mqtt.fleet.FleetState} is the only writer of the
 * snapshot and belongs to one context; any thread may read the {@link io.github.printer2mqtt.fleet.FleetSnapshot}.
 */
@NullMarked
package io.github.printer2mqtt.fleet;

import org.jspecify.annotations.NullMarked;
