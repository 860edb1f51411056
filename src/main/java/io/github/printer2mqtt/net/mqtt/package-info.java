/** A reconnecting connection to an MQTT broker, with both versions of Eclipse Paho. */
@NullMarked
package io.github.printer2mqtt.net.mqtt;

import org.jspecify.annotations.NullMarked;
