/** The documents of the contract, held by golden files. */
@NullMarked
package io.github.printer2mqtt.wire;

import org.jspecify.annotations.NullMarked;
