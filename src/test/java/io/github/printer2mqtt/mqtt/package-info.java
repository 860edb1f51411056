/** The MQTT interface, tested with real brokers. */
@NullMarked
package io.github.printer2mqtt.mqtt;

import org.jspecify.annotations.NullMarked;
