/** The MQTT side of the bridge: the verticle, the order of things on each connect, and the health of the broker. */
@NullMarked
package io.github.printer2mqtt.mqtt;

import org.jspecify.annotations.NullMarked;
