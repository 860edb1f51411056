/** Event loops: timers, hops between contexts, and callbacks that cannot stop each other. */
@NullMarked
package io.github.printer2mqtt.vertx;

import org.jspecify.annotations.NullMarked;
