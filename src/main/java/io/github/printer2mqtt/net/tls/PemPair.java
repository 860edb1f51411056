package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.text.Secret;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The files with a certificate and its private key, not checked yet; equal if their content is. Shows nothing of them.
 *
 * @param certificate the file with the certificate and its chain
 * @param key the file with the key
 * @param password of the key; null for none
 */
public record PemPair(
        PemFile certificate, PemFile key, @Nullable Secret password) {
    /**
     * Reads both files. Blocks.
     *
     * @param section of the configuration with the keys {@code certificate}, {@code key} and {@code key_password}
     * @throws IOException with a one-line message for users
     */
    public static PemPair read(String section, String certificate, String key, @Nullable Secret password)
            throws IOException {
        return new PemPair(
                PemFile.read(section + ".certificate", certificate), PemFile.read(section + ".key", key), password);
    }

    /** Reads both files again. Blocks. */
    public PemPair readAgain() throws IOException {
        return new PemPair(
                PemFile.read(certificate.configKey(), certificate.path()),
                PemFile.read(key.configKey(), key.path()),
                password);
    }
}
