/**
 * The configuration as immutable records, read once at start. The application passes each package its section.
 *
 * <p>{@code Keys} lists all keys. Start reading at {@link io.github.printer2mqtt.config.ConfigReader}.
 */
@NullMarked
package io.github.printer2mqtt.config;

import org.jspecify.annotations.NullMarked;
