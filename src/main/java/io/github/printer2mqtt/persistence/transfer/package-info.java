/** Copies of the whole content from one database into another. */
@NullMarked
package io.github.printer2mqtt.persistence.transfer;

import org.jspecify.annotations.NullMarked;
