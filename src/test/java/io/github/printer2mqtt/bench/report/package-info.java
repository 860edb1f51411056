/** Series of measurements, trends and tables. */
@NullMarked
package io.github.printer2mqtt.bench.report;

import org.jspecify.annotations.NullMarked;
