/** Event loops: timers, work on another context, and callbacks isolated from each other. */
@NullMarked
package io.github.printer2mqtt.vertx;

import org.jspecify.annotations.NullMarked;
