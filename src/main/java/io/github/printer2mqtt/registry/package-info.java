/**
 * Printers and credentials in SQLite, cached in memory: neither polls nor lists touch the database.
 *
 * <p>Credentials stand in columns of their own, which no query for display reads. Start reading at {@code SqlPrinterRepository}.
 */
@NullMarked
package io.github.printer2mqtt.registry;

import org.jspecify.annotations.NullMarked;
