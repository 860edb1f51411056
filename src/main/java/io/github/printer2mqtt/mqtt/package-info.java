/** The MQTT interface: the verticle, the steps on each connect, and the health of the broker connection. */
@NullMarked
package io.github.printer2mqtt.mqtt;

import org.jspecify.annotations.NullMarked;
