/** The embedded broker. */
@NullMarked
package io.github.printer2mqtt.mqtt.broker;

import org.jspecify.annotations.NullMarked;
