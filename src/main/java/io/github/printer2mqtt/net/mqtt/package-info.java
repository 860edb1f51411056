/** A connection to an MQTT broker that comes back by itself, on both versions of Eclipse Paho. */
@NullMarked
package io.github.printer2mqtt.net.mqtt;

import org.jspecify.annotations.NullMarked;
