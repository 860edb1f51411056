/** What is kept across restarts, as interfaces; {@code persistence.sql} implements them. */
@NullMarked
package io.github.printer2mqtt.persistence;

import org.jspecify.annotations.NullMarked;
