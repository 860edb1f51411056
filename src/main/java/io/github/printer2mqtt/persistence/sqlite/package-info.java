/** The SQLite database: its file, lock, connections, pragmas, error codes and migrations. */
@NullMarked
package io.github.printer2mqtt.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
