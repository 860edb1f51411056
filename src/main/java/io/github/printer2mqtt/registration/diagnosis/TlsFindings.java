package io.github.printer2mqtt.registration.diagnosis;

import static io.github.printer2mqtt.registration.diagnosis.DiagnosisStage.TLS;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.address.PrinterAddress;
import org.jspecify.annotations.Nullable;

/** What a TLS handshake means. Pure. */
final class TlsFindings {
    /** In the message of Netty's NotSslRecordException. */
    private static final String NOT_TLS = "not an SSL/TLS record";

    private TlsFindings() {}

    static Finding notUsed() {
        return Finding.passed(TLS, "not encrypted, because the address begins with http");
    }

    /** An http address whose server expects TLS. */
    static Finding expected(PrinterAddress address) {
        return Finding.failed(
                TLS,
                "the server on port " + address.port() + " expects an encrypted connection",
                "register the address with https instead of http");
    }

    /** An https address whose server speaks plain HTTP. */
    static Finding notUsedByServer(PrinterAddress address) {
        return Finding.failed(
                TLS,
                "the server on port " + address.port() + " does not use encryption",
                "register the address with http instead of https, or with the port for https (usually 443)");
    }

    static Finding noHandshake(PrinterAddress address, PollFailure failure, long millis) {
        String detail = String.valueOf(failure.detail());
        if (detail.contains(NOT_TLS)) {
            return notUsedByServer(address);
        }
        if (failure.reason() == FailureReason.TIMEOUT || detail.contains("timed out")) {
            return Finding.failed(
                    TLS,
                    "the server accepts connections, but did not complete the TLS handshake within " + millis + " ms",
                    "check that port " + address.port() + " is the one for https; restart the server");
        }
        return Finding.failed(
                TLS,
                "the server broke off the TLS handshake" + (failure.detail() == null ? "" : " (" + detail + ")"),
                "check that port " + address.port()
                        + " is the one for https, and that the server supports TLS 1.2 or later");
    }

    /**
     * The certificate without a request; null if only a request shows whether it is trusted.
     *
     * @param registered the fingerprint in the registration; null for none
     */
    static @Nullable Finding presented(String shown, @Nullable String registered) {
        if (registered == null) {
            return null;
        }
        return registered.equalsIgnoreCase(shown)
                ? Finding.passed(TLS, "the certificate is the registered one")
                : Finding.failed(
                        TLS,
                        "the certificate has changed: registered is " + registered + ", presented is " + shown,
                        "if the printer or its software was set up again, set tls.fingerprint to " + shown
                                + "; otherwise another machine may answer at this address");
    }

    static Finding trusted() {
        return Finding.passed(TLS, "the certificate is trusted");
    }

    /** @param shown the fingerprint of the certificate; null if it is unknown */
    static Finding notTrusted(@Nullable String shown, PollFailure failure) {
        return shown == null
                ? Finding.failed(
                        TLS,
                        failure.detail() == null ? "no trusted encrypted connection" : failure.detail(),
                        "check that the port is the one for https, and set tls.fingerprint to the fingerprint of the printer's"
                                + " certificate")
                : Finding.failed(
                        TLS,
                        "the certificate is not trusted: it is self-signed, expired or for another host",
                        "compare it with the printer's own certificate and set tls.fingerprint to " + shown);
    }
}
