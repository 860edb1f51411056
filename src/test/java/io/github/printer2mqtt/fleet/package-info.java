@NullMarked
package io.github.printer2mqtt.fleet;

import org.jspecify.annotations.NullMarked;
