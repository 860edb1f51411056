/** Discovery messages, held to the rules of Home Assistant. */
@NullMarked
package io.github.printer2mqtt.mqtt.homeassistant;

import org.jspecify.annotations.NullMarked;
