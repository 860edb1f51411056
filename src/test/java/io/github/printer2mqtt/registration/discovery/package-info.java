@NullMarked
package io.github.printer2mqtt.registration.discovery;

import org.jspecify.annotations.NullMarked;
