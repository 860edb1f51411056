/** The documents of docs/reference, each encoded once to bytes for MQTT and HTTP alike. */
@NullMarked
package io.github.printer2mqtt.json;

import org.jspecify.annotations.NullMarked;
