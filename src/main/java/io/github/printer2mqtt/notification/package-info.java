/** Notifications of events and alerts to a webhook and to ntfy, which may fail without any effect on the rest. */
@NullMarked
package io.github.printer2mqtt.notification;

import org.jspecify.annotations.NullMarked;
