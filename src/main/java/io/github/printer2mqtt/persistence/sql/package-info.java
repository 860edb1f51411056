/** The repositories over Vert.x's SQL client API, in SQL that SQLite and PostgreSQL share. */
@NullMarked
package io.github.printer2mqtt.persistence.sql;

import org.jspecify.annotations.NullMarked;
