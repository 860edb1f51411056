@NullMarked
package io.github.printer2mqtt.persistence.encryption;

import org.jspecify.annotations.NullMarked;
