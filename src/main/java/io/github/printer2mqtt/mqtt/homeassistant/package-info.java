/** Home Assistant discovery over time: announcing, taking back, and answering its birth message. */
@NullMarked
package io.github.printer2mqtt.mqtt.homeassistant;

import org.jspecify.annotations.NullMarked;
