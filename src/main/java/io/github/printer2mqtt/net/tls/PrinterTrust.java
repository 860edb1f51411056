package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.text.Sha256;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the certificate of a printer with its own authority is trusted: exactly the registered one, or one that the
 * printer's manufacturer signed for its serial number. Safe for every thread.
 */
public final class PrinterTrust extends X509ExtendedTrustManager {
    private static final String UNSUPPORTED = "client certificates are not supported";

    /** Checks chain and name; null to trust nothing. */
    private final @Nullable X509ExtendedTrustManager rule;

    private final boolean isPinned;
    private volatile @Nullable X509Certificate presented;

    private PrinterTrust(@Nullable X509ExtendedTrustManager rule, boolean isPinned) {
        this.rule = rule;
        this.isPinned = isPinned;
    }

    /** @param fingerprint of the certificate to trust; null to trust the authorities */
    public static PrinterTrust of(@Nullable String fingerprint, List<X509Certificate> authorities) {
        return fingerprint == null
                ? new PrinterTrust(ofAuthorities(authorities), false)
                : new PrinterTrust(PinnedTrustManager.of(fingerprint), true);
    }

    /** Trusts nothing, to read the certificate. */
    public static PrinterTrust none() {
        return new PrinterTrust(null, false);
    }

    private static X509ExtendedTrustManager ofAuthorities(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK lacks a trust manager", e);
        }
    }

    public SSLSocketFactory socketFactory() {
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
        if (rule == null) {
            throw new CertificateException("the certificate was only read");
        }
        try {
            rule.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            if (isPinned) {
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
