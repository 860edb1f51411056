/** A database at a PostgreSQL server: connections, the lock, migrations, error codes. */
@NullMarked
package io.github.printer2mqtt.persistence.postgresql;

import org.jspecify.annotations.NullMarked;
