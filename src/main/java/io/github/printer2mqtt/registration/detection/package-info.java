/** Finds out which driver fits an address, without credentials. */
@NullMarked
package io.github.printer2mqtt.registration.detection;

import org.jspecify.annotations.NullMarked;
