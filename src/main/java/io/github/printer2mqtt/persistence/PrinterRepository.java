package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registered printers with their credentials. Reading never blocks and is safe for every thread; writing has one
 * caller, who waits for one write before the next. Futures fail with a {@link DatabaseException}; nothing has changed
 * then.
 */
public interface PrinterRepository {
    /** All printers in the order of their ids. */
    List<Registration> all();

    /** A printer; null if there is none with that id. */
    @Nullable Registration find(PrinterId printer);

    /** Why a printer's row could not be read, which disables it until it is changed; null if it could. */
    @Nullable String fault(PrinterId printer);

    /** Who has an address; null if nobody. */
    @Nullable PrinterId findByAddress(PrinterAddress address);

    /** What a printer asks for; none for an unknown printer. */
    Credentials credentials(PrinterId printer);

    /** Stores a new printer. */
    Future<Void> add(Printer printer, Credentials credentials);

    /** Stores new printers, all or none. */
    Future<Void> addAll(Map<Printer, Credentials> printers);

    /** Stores a changed registration under its id. */
    Future<Void> replace(Printer printer, Credentials credentials);

    /** Removes a printer with its credentials and whatever else the database keeps of it; an unknown one is no error. */
    Future<Void> remove(PrinterId printer);
}
