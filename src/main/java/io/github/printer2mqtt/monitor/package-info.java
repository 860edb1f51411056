/** Polls every printer on its schedule, on several event loops, and hands observations to the fleet. */
@NullMarked
package io.github.printer2mqtt.monitor;

import org.jspecify.annotations.NullMarked;
