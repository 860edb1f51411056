@NullMarked
package io.github.printer2mqtt.monitor;

import org.jspecify.annotations.NullMarked;
