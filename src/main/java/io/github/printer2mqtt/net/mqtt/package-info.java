/** Connections to MQTT brokers over time: one that is opened again whenever it is lost, and one to a printer that is a broker. */
@NullMarked
package io.github.printer2mqtt.net.mqtt;

import org.jspecify.annotations.NullMarked;
