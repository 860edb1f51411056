/**
 * What the bridge knows of the fleet: merging observations into statuses, standing, sessions, changes, events, last jobs.
 *
 * <p>Pure: no timers, no I/O, no Vert.x. {@link io.github.printer2mqtt.fleet.FleetState} is the only writer of the
 * snapshot and belongs to one context; everybody may read the {@link io.github.printer2mqtt.fleet.FleetSnapshot}.
 */
@NullMarked
package io.github.printer2mqtt.fleet;

import org.jspecify.annotations.NullMarked;
