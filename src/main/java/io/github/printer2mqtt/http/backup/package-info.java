/** Backups over HTTP. */
@NullMarked
package io.github.printer2mqtt.http.backup;

import org.jspecify.annotations.NullMarked;
