package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;

/** The code for one printer protocol. Stateless; safe for every thread. */
public interface Driver {
    /** The word in registrations and documents, for example {@code prusalink}. */
    String id();

    /** The port of an address that names none. */
    int defaultPort();

    /** What printers of this protocol can do at all. */
    Set<Capability> capabilities();

    /** What printers of this protocol tell beyond what all do; nothing unless a driver says so. */
    default Set<TelemetryField> telemetry() {
        return Set.of();
    }

    /**
     * Asks whether a printer of this protocol answers, without credentials and without changing anything. Fails with a
     * {@link io.github.printer2mqtt.net.PrinterException} when nothing answers at all.
     */
    Future<Recognition> recognise(PrinterHttp http, Duration limit);

    /**
     * Begins a relation to one printer. Sends nothing yet. The session belongs to the event loop of {@code http}.
     *
     * @param timeout for one reading
     */
    PolledSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout);

    /**
     * Whether what answers at an address speaks a driver's protocol.
     *
     * @param matches whether it does
     * @param evidence what it said, one line for people, for example {@code OctoPrint 1.11.8}
     */
    record Recognition(boolean matches, String evidence) {
        public static Recognition yes(String evidence) {
            return new Recognition(true, evidence);
        }

        public static Recognition no(String evidence) {
            return new Recognition(false, evidence);
        }
    }
}
