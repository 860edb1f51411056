/**
 * config.json as records: every key with its default, checked once at start and frozen.
 *
 * <p>No Vert.x and no I/O but reading the files it is told to; the root reads the configuration and hands each room its
 * section. {@code Keys} is the one table of all keys. Start reading at
 * {@link io.github.printer2mqtt.config.ConfigReader}.
 */
@NullMarked
package io.github.printer2mqtt.config;

import org.jspecify.annotations.NullMarked;
