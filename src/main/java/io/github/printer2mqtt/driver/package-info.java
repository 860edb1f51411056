/**
 * What a printer protocol must be able to do. One package a protocol below this one, each knowing {@code driver} and no
 * other protocol; the list of drivers stands in the root.
 *
 * <p>A driver asks, maps and commands. When to ask, how to count misses and when to call a printer offline is decided
 * elsewhere. Start reading at {@link io.github.printer2mqtt.driver.Driver}.
 */
@NullMarked
package io.github.printer2mqtt.driver;

import org.jspecify.annotations.NullMarked;
