/**
 * A farm of simulated printers in a process of its own that costs little and keeps the clock: how old the newest answer
 * of each healthy printer is, how long an answer takes to a subscriber, and who is falsely called offline.
 *
 * <p>One thread and one selector serve all printers with answers that are prepared at the start; a second thread listens
 * at the broker. Start reading at {@code FarmMain}.
 */
@NullMarked
package io.github.printer2mqtt.bench.farm;

import org.jspecify.annotations.NullMarked;
