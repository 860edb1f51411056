package io.github.printer2mqtt.registration.detection;

import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
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

    /**
     * The addresses of a host that the bridge may connect to, at least one. Fails with a {@link
     * io.github.printer2mqtt.net.PrinterException}.
     */
    Future<List<InetAddress>> resolve(PrinterAddress address);

    /**
     * Opens a TCP connection to one of these addresses and closes it; sends nothing. Fails with a {@link
     * io.github.printer2mqtt.net.PrinterException}.
     */
    Future<Void> connect(InetAddress ip, int port, Duration limit);

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

            @Override
            public Future<List<InetAddress>> resolve(PrinterAddress address) {
                return network.resolve(address);
            }

            @Override
            public Future<Void> connect(InetAddress ip, int port, Duration limit) {
                return network.connect(ip, port, limit);
            }
        };
    }
}
