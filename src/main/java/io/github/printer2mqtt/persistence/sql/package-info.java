/** The SQLite database and the repositories in it. Writes are transactions on one connection, reads use others. */
@NullMarked
package io.github.printer2mqtt.persistence.sql;

import org.jspecify.annotations.NullMarked;
