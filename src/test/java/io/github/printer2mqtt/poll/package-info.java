@NullMarked
package io.github.printer2mqtt.poll;

import org.jspecify.annotations.NullMarked;
