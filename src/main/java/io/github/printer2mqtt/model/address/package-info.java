/** The address of a printer, as a user writes it and as it is stored. */
@NullMarked
package io.github.printer2mqtt.model.address;

import org.jspecify.annotations.NullMarked;
