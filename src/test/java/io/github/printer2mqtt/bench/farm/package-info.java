/**
 * A cheap farm of simulated printers in a separate process that measures the age of the latest response of each healthy
 * printer, the latency to a subscriber, and healthy printers that are reported offline.
 *
 * <p>One thread with a selector serves all printers with prepared responses; a second thread subscribes to the broker. Start
 * reading at {@code FarmMain}.
 */
@NullMarked
package io.github.printer2mqtt.bench.farm;

import org.jspecify.annotations.NullMarked;
