package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registered printers with their credentials. Reading never blocks and is thread-safe; the one writer waits for each
 * write before the next. A future that fails with a {@link DatabaseException} means that nothing has changed.
 */
public interface PrinterRepository {
    /** All printers, sorted by id. */
    List<Registration> all();

    /** The printer with an id; null if there is none. */
    @Nullable Registration find(PrinterId printer);

    /** Why a stored printer is unreadable, which disables it until it is changed; null if it is readable. */
    @Nullable String readError(PrinterId printer);

    /** The printer at an address; null if there is none. */
    @Nullable PrinterId findByAddress(PrinterAddress address);

    /** The credentials of a printer; none for an unknown one. */
    Credentials credentials(PrinterId printer);

    /** Stores a new printer. */
    Future<Void> add(Printer printer, Credentials credentials);

    /** Stores new printers: all of them or none. */
    Future<Void> addAll(Map<Printer, Credentials> printers);

    /** Replaces the printer with this id. */
    Future<Void> replace(Printer printer, Credentials credentials);

    /** Removes a printer with everything stored about it but its history; an unknown one is no error. */
    Future<Void> remove(PrinterId printer);
}
