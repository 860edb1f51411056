/** Tests of the stages of a diagnosis. */
@NullMarked
package io.github.printer2mqtt.registration.diagnosis;

import org.jspecify.annotations.NullMarked;
