package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.driver.FoundPicture;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.time.Duration;

/** Asks the sessions of monitored printers for pictures. Thread-safe; futures complete on the caller's context. */
@FunctionalInterface
public interface PictureFinder {
    /** What the session found, and the registration that it was opened for. */
    record Located(Printer printer, FoundPicture picture) {}

    /**
     * Asks the session of a printer. Fails like {@link io.github.printer2mqtt.driver.PrinterSession#findPicture}, or with a
     * {@link java.util.NoSuchElementException} if the printer is not monitored.
     */
    Future<Located> findPicture(PrinterId printer, FoundPicture.Kind kind, Duration limit);
}
