/**
 * The only room that speaks HTTP to printers and MQTT to brokers: every byte from a printer comes through the bounded
 * exchange, every message through {@code ReconnectingMqttConnection}.
 *
 * <p>No other room imports the web client, the HTTP client or Paho. Knows the vocabulary, config and observe. Start
 * reading at {@link io.github.printer2mqtt.net.PrinterHttp}.
 */
@NullMarked
package io.github.printer2mqtt.net;

import org.jspecify.annotations.NullMarked;
