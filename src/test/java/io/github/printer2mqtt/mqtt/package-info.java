/** The way to the broker, tried on real brokers. */
@NullMarked
package io.github.printer2mqtt.mqtt;

import org.jspecify.annotations.NullMarked;
