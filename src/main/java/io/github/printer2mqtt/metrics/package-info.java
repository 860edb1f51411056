/** Metrics and health of the parts of a bridge, one registry for each bridge. */
@NullMarked
package io.github.printer2mqtt.metrics;

import org.jspecify.annotations.NullMarked;
