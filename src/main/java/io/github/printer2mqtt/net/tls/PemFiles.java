package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The content of the files with certificate and key of the HTTP server, not checked yet. Shows nothing of them.
 *
 * @param files where it was read from
 */
public record PemFiles(BridgeConfig.Http.Tls files, Buffer certificate, Buffer key) {
    /** Larger than any chain of certificates. */
    private static final int MAX_BYTES = 256 * 1024;

    /**
     * Reads both files. Blocks.
     *
     * @throws IOException with a one-line message for users
     */
    public static PemFiles read(BridgeConfig.Http.Tls files) throws IOException {
        return new PemFiles(
                files, read("http.tls.certificate", files.certificate()), read("http.tls.key", files.key()));
    }

    static Buffer read(String configKey, String file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return Buffer.buffer(bytes);
            }
        } catch (IOException | InvalidPathException e) {
            throw new IOException(expectation(configKey, file), e);
        }
        throw new IOException(expectation(configKey, file));
    }

    private static String expectation(String configKey, String file) {
        return configKey + ": found " + QuotedText.of(file) + ", expected a readable PEM file";
    }

    @Override
    public String toString() {
        return "PemFiles[" + files + "]";
    }
}
