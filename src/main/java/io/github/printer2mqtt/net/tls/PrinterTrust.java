package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.text.Sha256;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the certificate of a printer with its own authority is trusted: exactly the registered one, or one that the
 * printer's manufacturer signed for its serial number. Safe for every thread.
 */
public final class PrinterTrust extends X509ExtendedTrustManager {
    private static final String UNSUPPORTED = "client certificates are not supported";

    /** Null to trust the authorities. */
    private final @Nullable String fingerprint;

    /** None to trust nothing. */
    private final List<X509Certificate> authorities;

    /** Further authorities; null for none. */
    private final @Nullable String file;

    /** Checks chain and name; null to trust nothing. */
    private volatile @Nullable X509ExtendedTrustManager rule;

    private volatile @Nullable X509Certificate presented;

    private PrinterTrust(@Nullable String fingerprint, List<X509Certificate> authorities, @Nullable String file) {
        this.fingerprint = fingerprint;
        this.authorities = authorities;
        this.file = file;
    }

    /**
     * @param fingerprint of the certificate to trust; null to trust the authorities
     * @param file PEM file with further authorities; null for none
     */
    public static PrinterTrust of(
            @Nullable String fingerprint, List<X509Certificate> authorities, @Nullable String file) {
        return new PrinterTrust(fingerprint, authorities, file);
    }

    /** Trusts nothing, to read the certificate. */
    public static PrinterTrust none() {
        return new PrinterTrust(null, List.of(), null);
    }

    /** Reads the file, so it may block. */
    public SSLSocketFactory socketFactory() throws IOException {
        if (fingerprint != null) {
            rule = PinnedTrustManager.of(fingerprint);
        } else if (!authorities.isEmpty()) {
            List<X509Certificate> all = new ArrayList<>(authorities);
            all.addAll(
                    file == null
                            ? List.of()
                            : PemFile.read("security.printer_ca", file).certificates());
            rule = Authorities.trusted(all);
        }
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {this}, null);
            return tls.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks TLS", e);
        }
    }

    /** The certificate of the newest handshake; null before. */
    public @Nullable X509Certificate presented() {
        return presented;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the printer presented no certificate");
        }
        presented = chain[0];
        X509ExtendedTrustManager known = rule;
        if (known == null) {
            throw new CertificateException("the certificate was only read");
        }
        try {
            known.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            if (fingerprint != null) {
                throw e;
            }
            // Without a cause, so that this text is what users see; short enough for it.
            throw new CertificateException("not signed for this serial number by the manufacturer; if "
                    + fingerprint(chain[0]) + " is the printer, register it as tls.fingerprint");
        }
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateException {
        return "sha256:" + HexFormat.of().formatHex(Sha256.sha256(certificate.getEncoded()));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a printer's certificate is checked with its socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a printer's certificate is checked with its socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException(UNSUPPORTED);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException(UNSUPPORTED);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException(UNSUPPORTED);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
