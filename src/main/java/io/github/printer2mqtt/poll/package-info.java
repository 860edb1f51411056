/**
 * Asking: one watch a printer with its timer and session, spread over a few event loops.
 *
 * <p>A watch knows when to ask; what the answer means is decided by the fleet, which tells the printer's standing. Start
 * reading at {@code PrinterMonitor}; other rooms use {@link io.github.printer2mqtt.poll.MonitoringService}.
 */
@NullMarked
package io.github.printer2mqtt.poll;

import org.jspecify.annotations.NullMarked;
