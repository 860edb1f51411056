/** Home Assistant discovery over time: announcing and removing devices, and responding to birth messages. */
@NullMarked
package io.github.printer2mqtt.mqtt.homeassistant;

import org.jspecify.annotations.NullMarked;
