package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.text.Sha256;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts exactly one certificate by its fingerprint, since certificates of printers are self-signed. An extended trust
 * manager, because the JDK adds host name checks to a plain one.
 */
public final class PinnedTrustManager extends X509ExtendedTrustManager {
    private static final String PREFIX = "sha256:";

    private final @Nullable String expected;
    private final AtomicReference<String> seen = new AtomicReference<>();

    private PinnedTrustManager(@Nullable String expected) {
        this.expected = expected;
    }

    public static PinnedTrustManager of(String fingerprint) {
        return new PinnedTrustManager(fingerprint.toLowerCase(Locale.ROOT));
    }

    /** Trusts any certificate, to read its fingerprint; no request may be sent over such a connection. */
    public static PinnedTrustManager any() {
        return new PinnedTrustManager(null);
    }

    /** The fingerprint of the presented certificate; empty before the handshake. */
    public String fingerprint() {
        String shown = seen.get();
        return shown == null ? "" : shown;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the printer presented no certificate");
        }
        String shown = PREFIX + HexFormat.of().formatHex(Sha256.sha256(chain[0].getEncoded()));
        seen.set(shown);
        if (expected != null && !expected.equals(shown)) {
            throw new CertificateChangedException(expected, shown);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("client certificates are not supported");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("client certificates are not supported");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("client certificates are not supported");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** The printer presented another certificate than the registered one; the message names both fingerprints. */
    public static final class CertificateChangedException extends CertificateException {
        private static final long serialVersionUID = 1L;

        CertificateChangedException(String registered, String shown) {
            super("the printer's certificate has changed: registered is " + registered + ", presented is " + shown);
        }
    }
}
