package io.github.printer2mqtt.registration.detection;

import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way to an address that is only tried. Called on the loop of the registrations. */
public interface PrinterConnector {
    /**
     * The door to an address, for the event loop this is called on.
     *
     * @param fingerprint of the certificate to trust; null to trust what the system trusts
     */
    PrinterHttp dial(PrinterAddress address, @Nullable String fingerprint);

    /** The fingerprint of the certificate that answers there, whatever it is; nothing is sent over such a connection. */
    Future<String> fingerprint(PrinterAddress address, Duration limit);

    /** The network the printers are polled over. */
    static PrinterConnector over(PrinterNetwork network) {
        return new PrinterConnector() {
            @Override
            public PrinterHttp dial(PrinterAddress address, @Nullable String fingerprint) {
                return network.open(address, fingerprint);
            }

            @Override
            public Future<String> fingerprint(PrinterAddress address, Duration limit) {
                return network.fingerprint(address, limit);
            }
        };
    }
}
