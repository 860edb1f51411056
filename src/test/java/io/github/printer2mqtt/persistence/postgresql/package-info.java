@NullMarked
package io.github.printer2mqtt.persistence.postgresql;

import org.jspecify.annotations.NullMarked;
