@NullMarked
package io.github.printer2mqtt.alert;

import org.jspecify.annotations.NullMarked;
