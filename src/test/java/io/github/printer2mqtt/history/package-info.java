@NullMarked
package io.github.printer2mqtt.history;

import org.jspecify.annotations.NullMarked;
