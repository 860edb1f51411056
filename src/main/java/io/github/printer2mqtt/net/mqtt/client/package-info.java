/** One connection to an MQTT broker, by either version of Eclipse Paho: addresses, sockets, messages and failures. */
@NullMarked
package io.github.printer2mqtt.net.mqtt.client;

import org.jspecify.annotations.NullMarked;
