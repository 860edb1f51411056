package io.github.printer2mqtt.registration.detection;

import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connects to addresses that are probed. Called on the registrations' event loop. */
public interface PrinterConnector {
    /**
     * An HTTP client for one address, for the event loop this is called on.
     *
     * @param fingerprint of the certificate to trust; null for the authorities of the system
     */
    PrinterHttp open(PrinterAddress address, @Nullable String fingerprint);

    /** The fingerprint of the certificate presented at an address, trusted or not; no request is sent. */
    Future<String> fingerprint(PrinterAddress address, Duration limit);

    /** Connects through the network over which printers are polled. */
    static PrinterConnector over(PrinterNetwork network) {
        return new PrinterConnector() {
            @Override
            public PrinterHttp open(PrinterAddress address, @Nullable String fingerprint) {
                return network.open(address, fingerprint);
            }

            @Override
            public Future<String> fingerprint(PrinterAddress address, Duration limit) {
                return network.fingerprint(address, limit);
            }
        };
    }
}
