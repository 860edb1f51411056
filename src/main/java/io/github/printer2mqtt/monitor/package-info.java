/** Polls every printer on its schedule, on several event loops, and passes the observations to {@code fleet}. */
@NullMarked
package io.github.printer2mqtt.monitor;

import org.jspecify.annotations.NullMarked;
