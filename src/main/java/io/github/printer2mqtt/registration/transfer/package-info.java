/** Files with registrations: those of this program, and exports of other programs for print farms. */
@NullMarked
package io.github.printer2mqtt.registration.transfer;

import org.jspecify.annotations.NullMarked;
