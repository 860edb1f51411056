package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads the PEM files of section {@code mqtt.tls} at each attempt, so that renewed certificates are used. */
final class MqttTls {
    private MqttTls() {}

    /** Reads files, so it may block. */
    static SSLSocketFactory factory(Vertx vertx, MqttConfig.Tls files) throws MqttTlsException {
        KeyManager @Nullable [] keys = keys(vertx, files);
        TrustManager @Nullable [] trust = trust(vertx, files);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new MqttTlsException("cannot set up TLS with these files: " + e.getMessage(), e);
        }
    }

    private static TrustManager @Nullable [] trust(Vertx vertx, MqttConfig.Tls files) throws MqttTlsException {
        String ca = files.ca();
        if (ca == null) {
            return null;
        }
        try {
            return new PemTrustOptions()
                    .addCertPath(ca)
                    .getTrustManagerFactory(vertx)
                    .getTrustManagers();
        } catch (Exception e) { // thrown type of Vert.x
            throw new MqttTlsException(
                    "mqtt.tls.ca: found " + QuotedText.of(ca) + ", expected a readable PEM file with certificates", e);
        }
    }

    private static KeyManager @Nullable [] keys(Vertx vertx, MqttConfig.Tls files) throws MqttTlsException {
        String certificate = files.certificate();
        String key = files.key();
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new MqttTlsException("mqtt.tls: found only one of certificate and key, expected both or none", null);
        }
        try {
            return new PemKeyCertOptions()
                    .setCertPath(certificate)
                    .setKeyPath(key)
                    .getKeyManagerFactory(vertx)
                    .getKeyManagers();
        } catch (Exception e) { // thrown type of Vert.x
            throw new MqttTlsException(
                    "mqtt.tls.certificate and key: found " + QuotedText.of(certificate) + " and " + QuotedText.of(key)
                            + ", expected readable PEM files of one pair",
                    e);
        }
    }

    /** A file of section {@code mqtt.tls} is unusable. The message is one line for users. */
    static final class MqttTlsException extends Exception {
        private static final long serialVersionUID = 1L;

        MqttTlsException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
