/** The archive for support: what one needs to know of a bridge, without secrets. */
@NullMarked
package io.github.printer2mqtt.support;

import org.jspecify.annotations.NullMarked;
