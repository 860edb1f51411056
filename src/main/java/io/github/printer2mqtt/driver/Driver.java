package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The code for one printer protocol. Stateless; safe for every thread. */
public interface Driver {
    /** The identifier in registrations and documents, for example {@code prusalink}; never changes after a release. */
    String id();

    /** The port of an address that names none. */
    int defaultPort();

    /**
     * The ports that {@code auto} tries with every driver if the user names none: where printers of this protocol usually listen. A default
     * port that is not among them is tried with this driver only, after those of all drivers.
     */
    default Set<Integer> candidatePorts() {
        return Set.of(defaultPort());
    }

    /**
     * The place in the order of detection: a lower value is probed first and preferred where several drivers match. A
     * protocol that imitates another one comes before it.
     */
    default int precedence() {
        return 100;
    }

    /** How printers of this protocol are found in the local network; none if only a scan of addresses finds them. */
    default List<LanSource> lanSources() {
        return List.of();
    }

    /**
     * What printers of this protocol can do at all. Only these commands reach a session; one that gets another fails it as
     * {@link CommandRefusedException.Reason#UNSUPPORTED}.
     */
    Set<Capability> capabilities();

    /** The optional values that printers of this protocol report. */
    default Set<TelemetryField> telemetry() {
        return Set.of();
    }

    /**
     * Whether a session sends the credentials only to a server whose certificate proves the serial number that is their user name.
     * Only such a printer may be followed to another address.
     */
    default boolean provesSerialNumber() {
        return false;
    }

    /** Where users find the credentials of such a printer, one sentence in lower case without a full stop. */
    default String credentialsHelp() {
        return "copy the credentials from the settings of the printer's own web page";
    }

    /**
     * The server behind an address, to which connections are opened. It differs from the address where that names one of
     * several printers of a server.
     */
    default PrinterAddress server(PrinterAddress address) {
        return address;
    }

    /**
     * Finds out whether a printer of this protocol responds, without credentials and without changing anything. Fails with
     * a {@link io.github.printer2mqtt.net.PrinterException} if nothing responds.
     *
     * @param http on which this is called on its event loop
     */
    Future<ProbeResult> probe(PrinterHttp http, Duration limit);

    /**
     * Opens a session to one printer; sends nothing yet. The session belongs to the event loop of {@code http}.
     *
     * @param timeout for one reading
     */
    PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout);

    /**
     * Whether a server speaks a driver's protocol.
     *
     * @param evidence of it, one line shown to users, for example {@code OctoPrint 1.11.8}
     * @param identity of the printer as far as it is known without credentials
     */
    record ProbeResult(boolean matches, String evidence, Identity identity) {
        public static ProbeResult match(String evidence) {
            return match(evidence, Identity.UNKNOWN);
        }

        public static ProbeResult match(String evidence, Identity identity) {
            return new ProbeResult(true, evidence, identity);
        }

        public static ProbeResult noMatch(String evidence) {
            return new ProbeResult(false, evidence, Identity.UNKNOWN);
        }
    }

    /**
     * Which printer it is.
     *
     * @param serialNumber or what the printer has in its place, the same for its whole life
     */
    record Identity(@Nullable String model, @Nullable String serialNumber) {
        public static final Identity UNKNOWN = new Identity(null, null);
    }
}
