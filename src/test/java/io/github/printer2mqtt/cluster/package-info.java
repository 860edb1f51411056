@NullMarked
package io.github.printer2mqtt.cluster;

import org.jspecify.annotations.NullMarked;
