/** The log of this process, by Logback: its levels, its form, its newest lines, and lines for MQTT. */
@NullMarked
package io.github.printer2mqtt.logging;

import org.jspecify.annotations.NullMarked;
