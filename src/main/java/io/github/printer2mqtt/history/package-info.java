/** What the bridge remembers of the last hours, in memory. */
@NullMarked
package io.github.printer2mqtt.history;

import org.jspecify.annotations.NullMarked;
