/**
 * Several processes that keep the same printers in the same PostgreSQL database: one of them works, the others stand by, and a
 * lease in the database decides which. Knows neither printers nor topics.
 */
@NullMarked
package io.github.printer2mqtt.cluster;

import org.jspecify.annotations.NullMarked;
