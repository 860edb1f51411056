/**
 * The broker: topics, the retained set, publishing what changed, the embedded broker. Knows no driver and no registry.
 * Start reading at {@code MqttVerticle}.
 */
@NullMarked
package io.github.printer2mqtt.mqtt;

import org.jspecify.annotations.NullMarked;
