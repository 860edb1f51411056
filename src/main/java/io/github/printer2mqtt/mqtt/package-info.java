/**
 * The broker: topics, the retained set, publishing what changed, the embedded broker. Knows no driver and no registry.
 *
 * <p>{@link io.github.printer2mqtt.mqtt.MqttVerticle} owns everything on one event loop; start reading at
 * {@code MqttCoordinator}, where the parts meet, and at {@code RetainedTopics} and {@code Outbox}, which hold what waits. Only
 * {@link io.github.printer2mqtt.mqtt.Topics} knows how a topic is written.
 */
@NullMarked
package io.github.printer2mqtt.mqtt;

import org.jspecify.annotations.NullMarked;
