/** Subscribes to the topics of other bridges and sends requests to them; of their printers, nothing is published. */
@NullMarked
package io.github.printer2mqtt.mqtt.site;

import org.jspecify.annotations.NullMarked;
