package io.github.printer2mqtt.registration.diagnosis;

import io.github.printer2mqtt.text.WireConstant;

/** The stages of a diagnosis in their order. Each needs the ones before it. */
public enum DiagnosisStage implements WireConstant {
    /** The host name has an address that the bridge may connect to. */
    NAME,
    /** A machine answers at that address. */
    ROUTE,
    /** Something listens on the port. */
    PORT,
    /** The server uses encryption as the address says, with a certificate that is trusted. */
    TLS,
    /** The server speaks the protocol of the driver. */
    SERVER,
    /** The server accepts the credentials. */
    KEY,
    /** The server has a printer. */
    PRINTER,
    /** The printer's status can be read. */
    READING
}
