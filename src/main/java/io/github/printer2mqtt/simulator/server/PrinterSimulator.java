package io.github.printer2mqtt.simulator.server;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.tls.SimulatedCertificate;
import org.jspecify.annotations.Nullable;

/** How a {@link PrinterServer} speaks: as a server of HTTP or of text lines, or as an MQTT broker. Thread-safe. */
public sealed interface PrinterSimulator permits ProtocolSimulator, MqttSimulator {
    /** The printer behind the protocol. */
    SimulatedPrinter printer();

    /** The id of the driver for this protocol. */
    String driver();

    /** What the server proves itself with; null if it does not encrypt. */
    default @Nullable SimulatedCertificate certificate() {
        return null;
    }
}
