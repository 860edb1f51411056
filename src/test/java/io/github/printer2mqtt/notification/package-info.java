@NullMarked
package io.github.printer2mqtt.notification;

import org.jspecify.annotations.NullMarked;
