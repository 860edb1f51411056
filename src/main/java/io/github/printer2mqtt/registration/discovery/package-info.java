/** Finds printers in a network: which addresses answer at a port of a driver, and which driver recognises what answers. */
@NullMarked
package io.github.printer2mqtt.registration.discovery;

import org.jspecify.annotations.NullMarked;
