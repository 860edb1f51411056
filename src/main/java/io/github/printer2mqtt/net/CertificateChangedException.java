package io.github.printer2mqtt.net;

import java.security.cert.CertificateException;

/** A printer shows another certificate than the registered one. The message names both fingerprints. */
final class CertificateChangedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    CertificateChangedException(String registered, String shown) {
        super("the printer's certificate has changed: registered is " + registered + ", it shows " + shown);
    }
}
