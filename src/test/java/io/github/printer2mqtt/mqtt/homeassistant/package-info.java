/** Discovery messages, validated with the rules of Home Assistant. */
@NullMarked
package io.github.printer2mqtt.mqtt.homeassistant;

import org.jspecify.annotations.NullMarked;
