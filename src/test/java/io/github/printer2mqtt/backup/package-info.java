@NullMarked
package io.github.printer2mqtt.backup;

import org.jspecify.annotations.NullMarked;
