package io.github.printer2mqtt.net.mqtt.client;

import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.net.tls.Authorities;
import io.github.printer2mqtt.net.tls.CertifiedKey;
import io.github.printer2mqtt.net.tls.PemFile;
import io.github.printer2mqtt.net.tls.PemPair;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the PEM files of section {@code mqtt.tls} at each attempt, so that renewed certificates are used. */
public final class MqttTls {
    private static final Logger LOG = LoggerFactory.getLogger(MqttTls.class);

    private MqttTls() {}

    /**
     * Reads the files, so that a mistake is found at the start; warns of a client certificate that is not valid now, because the
     * clock of the machine may be wrong or its renewal under way. Blocks.
     *
     * @throws MqttTlsException if a file cannot be used
     */
    public static void check(MqttConfig.Tls files, Instant now) throws MqttTlsException {
        CertifiedKey own = own(files);
        TrustManager[] unused = trust(files);
        String invalidity = own == null ? null : own.invalidity(now);
        if (invalidity != null) {
            LOG.warn(
                    "mqtt.tls.certificate: {}, and brokers refuse it; renew it, and the next connect uses it",
                    invalidity);
        }
    }

    /** Reads files, so it may block. */
    static SSLSocketFactory factory(MqttConfig.Tls files) throws MqttTlsException {
        CertifiedKey own = own(files);
        KeyManager[] keys = own == null ? null : new KeyManager[] {new ClientKeyManager(own.keyManager())};
        TrustManager[] trust = trust(files);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new MqttTlsException("cannot set up TLS with these files: " + e.getMessage(), e);
        }
    }

    private static TrustManager @Nullable [] trust(MqttConfig.Tls files) throws MqttTlsException {
        String ca = files.ca();
        if (ca == null) {
            return null;
        }
        try {
            return new TrustManager[] {
                Authorities.trusted(PemFile.read("mqtt.tls.ca", ca).certificates())
            };
        } catch (IOException e) {
            throw new MqttTlsException(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable CertifiedKey own(MqttConfig.Tls files) throws MqttTlsException {
        String certificate = files.certificate();
        String key = files.key();
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new MqttTlsException("mqtt.tls: found only one of certificate and key, expected both or none", null);
        }
        try {
            return CertifiedKey.of(PemPair.read("mqtt.tls", certificate, key, files.keyPassword()));
        } catch (IOException e) {
            throw new MqttTlsException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A file of section {@code mqtt.tls} is unusable. The message is one line for users. */
    public static final class MqttTlsException extends Exception {
        private static final long serialVersionUID = 1L;

        public MqttTlsException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
