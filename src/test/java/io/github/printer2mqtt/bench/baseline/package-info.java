/** What the bridge is compared with. */
@NullMarked
package io.github.printer2mqtt.bench.baseline;

import org.jspecify.annotations.NullMarked;
