@NullMarked
package io.github.printer2mqtt.persistence.sql;

import org.jspecify.annotations.NullMarked;
