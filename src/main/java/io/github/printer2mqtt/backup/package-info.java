/** Copies of the database: at night, on request, before an upgrade and before a restore. Start reading at BackupFolder. */
@NullMarked
package io.github.printer2mqtt.backup;

import org.jspecify.annotations.NullMarked;
