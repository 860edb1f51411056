@NullMarked
package io.github.printer2mqtt.registry;

import org.jspecify.annotations.NullMarked;
