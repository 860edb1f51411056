/**
 * The JSON documents of docs/reference: each encoded once to bytes, for MQTT and HTTP alike.
 *
 * <p>Names in these documents are released: golden files under {@code src/test/resources/golden} hold them. Start
 * reading at {@code StatusDocument}.
 */
@NullMarked
package io.github.printer2mqtt.wire;

import org.jspecify.annotations.NullMarked;
