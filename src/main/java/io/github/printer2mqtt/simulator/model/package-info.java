/** A model of one machine that knows no protocol. */
@NullMarked
package io.github.printer2mqtt.simulator.model;

import org.jspecify.annotations.NullMarked;
