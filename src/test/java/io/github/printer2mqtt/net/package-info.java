@NullMarked
package io.github.printer2mqtt.net;

import org.jspecify.annotations.NullMarked;
