/** Metrics and health of the components of a bridge. */
@NullMarked
package io.github.printer2mqtt.metrics;

import org.jspecify.annotations.NullMarked;
