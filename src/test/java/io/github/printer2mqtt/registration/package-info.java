@NullMarked
package io.github.printer2mqtt.registration;

import org.jspecify.annotations.NullMarked;
