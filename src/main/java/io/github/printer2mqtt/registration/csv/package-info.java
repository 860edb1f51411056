/** Registrations as CSV files. */
@NullMarked
package io.github.printer2mqtt.registration.csv;

import org.jspecify.annotations.NullMarked;
