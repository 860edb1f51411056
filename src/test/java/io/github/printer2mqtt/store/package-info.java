@NullMarked
package io.github.printer2mqtt.store;

import org.jspecify.annotations.NullMarked;
