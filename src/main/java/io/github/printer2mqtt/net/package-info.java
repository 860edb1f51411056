/**
 * What all connections share: which addresses may be contacted, name resolution, and why an address cannot be
 * bound.
 */
@NullMarked
package io.github.printer2mqtt.net;

import org.jspecify.annotations.NullMarked;
