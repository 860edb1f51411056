/**
 * The documents of the contract: each encoded once to bytes, for MQTT, stream and list alike.
 *
 * <p>Names in these documents are released: golden files under {@code src/test/resources/golden} hold them. Start
 * reading at {@code StatusDocument}.
 */
@NullMarked
package io.github.printer2mqtt.wire;

import org.jspecify.annotations.NullMarked;
