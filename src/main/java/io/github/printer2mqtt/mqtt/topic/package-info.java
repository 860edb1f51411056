/** Names of topics and topic filters. */
@NullMarked
package io.github.printer2mqtt.mqtt.topic;

import org.jspecify.annotations.NullMarked;
