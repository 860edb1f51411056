/** What is published: the retained topics, the queue to the broker, and who fills them. */
@NullMarked
package io.github.printer2mqtt.mqtt.publish;

import org.jspecify.annotations.NullMarked;
