package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.config.BridgeConfig;

/**
 * What answers while no bridge runs: it opens the database itself, and asks printers itself. Used by one command and
 * closed after it.
 */
public interface OfflinePrinterAdmin extends PrinterAdmin, AutoCloseable {
    /** Opens one. */
    @FunctionalInterface
    interface Opener {
        /** @throws StartException if the database is unusable */
        OfflinePrinterAdmin open(BridgeConfig config);
    }

    @Override
    void close();
}
