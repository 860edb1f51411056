/** The messages of Home Assistant discovery. Pure. */
@NullMarked
package io.github.printer2mqtt.mqtt.homeassistant.message;

import org.jspecify.annotations.NullMarked;
