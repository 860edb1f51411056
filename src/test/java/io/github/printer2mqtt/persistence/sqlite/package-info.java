@NullMarked
package io.github.printer2mqtt.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
