package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The content of a PEM file (RFC 7468), not checked yet. Shows nothing of it.
 *
 * @param configKey of the configuration that names the file, for messages
 * @param path as it is configured
 * @param content of the file
 */
public record PemFile(String configKey, String path, Buffer content) {
    /** Larger than the authorities of a system. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Set<String> CERTIFICATES = Set.of("CERTIFICATE", "X509 CERTIFICATE");
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----";

    /**
     * What stands between a BEGIN and its END.
     *
     * @param label behind BEGIN
     * @param isEncrypted in the old format of OpenSSL, with headers before the content (RFC 1421)
     * @param der the content
     */
    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    record Block(String label, boolean isEncrypted, byte[] der) {}

    /**
     * Reads a file. Blocks.
     *
     * @throws IOException with a one-line message for users
     */
    public static PemFile read(String configKey, String path) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return new PemFile(configKey, path, Buffer.buffer(bytes));
            }
        } catch (IOException | InvalidPathException e) {
            throw new IOException(unreadable(configKey, path), e);
        }
        throw new IOException(unreadable(configKey, path));
    }

    private static String unreadable(String configKey, String path) {
        return configKey + ": found " + QuotedText.of(path) + ", expected a readable PEM file";
    }

    /**
     * The certificates in the order of the file, at least one.
     *
     * @throws IOException with a one-line message for users
     */
    public List<X509Certificate> certificates() throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks()) {
                if (CERTIFICATES.contains(block.label())) {
                    found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
        } catch (CertificateException e) {
            throw unusable("a damaged certificate", "a PEM file with certificates");
        }
        if (found.isEmpty()) {
            throw unusable("no certificate", "a PEM file with one");
        }
        return found;
    }

    /** The blocks in the order of the file; none if it is no PEM. A damaged one is empty. */
    List<Block> blocks() {
        String text = content.toString(StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int labelEnd = text.indexOf(END, begin + BEGIN.length());
            String label = labelEnd < 0 ? "" : text.substring(begin + BEGIN.length(), labelEnd);
            int end = text.indexOf("-----END " + label + END, begin);
            if (labelEnd < 0 || end < 0) {
                break;
            }
            blocks.add(block(label, text.substring(labelEnd + END.length(), end)));
            begin = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static Block block(String label, String body) {
        StringBuilder base64 = new StringBuilder();
        body.lines().filter(line -> line.indexOf(':') < 0).forEach(line -> base64.append(line.strip()));
        byte[] der;
        try {
            der = Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException e) {
            der = new byte[0];
        }
        return new Block(label, body.contains("Proc-Type: 4,ENCRYPTED"), der);
    }

    /** Whether it is DER, as PKCS #12 files are, too. */
    boolean isBinary() {
        return content.length() > 0 && content.getByte(0) == Der.SEQUENCE;
    }

    /** The one line for users about a file that was read. */
    IOException unusable(String found, String expected) {
        return new IOException(
                configKey + ": found " + found + " in " + QuotedText.of(path) + ", expected " + expected);
    }

    @Override
    public String toString() {
        return configKey + " " + QuotedText.of(path);
    }
}
