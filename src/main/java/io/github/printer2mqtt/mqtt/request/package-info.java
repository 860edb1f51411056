/** Commands and requests that arrive over MQTT, and their responses. */
@NullMarked
package io.github.printer2mqtt.mqtt.request;

import org.jspecify.annotations.NullMarked;
