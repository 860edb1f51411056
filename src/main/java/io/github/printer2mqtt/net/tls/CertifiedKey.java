package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Sha256;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its private key, which belong to each other. Shows nothing of the key.
 *
 * @param files where they were read from
 * @param chain the certificate, then those that signed it as far as the file has them
 * @param key the private key of the certificate
 */
public record CertifiedKey(PemPair files, List<X509Certificate> chain, PrivateKey key) {
    /** The algorithm of a signature by that of the key. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "RSASSA-PSS", "RSASSA-PSS", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    public CertifiedKey {
        chain = List.copyOf(chain);
    }

    /**
     * Checks the content of the files, but not whether anybody trusts it, and not its age. Blocks.
     *
     * @throws IOException with a one-line message for users
     */
    public static CertifiedKey of(PemPair files) throws IOException {
        PemFile keyFile = files.key();
        List<X509Certificate> chain = files.certificate().certificates();
        PrivateKey key = new PrivateKeyReader(keyFile, keyFile.configKey() + "_password", files.password()).read();
        if (!belongTogether(chain.get(0).getPublicKey(), key)) {
            throw new IOException(keyFile.configKey() + ": found a key in " + QuotedText.of(keyFile.path())
                    + " that does not belong to the certificate in "
                    + QuotedText.of(files.certificate().path()) + ", expected its private key");
        }
        return new CertifiedKey(files, chain, key);
    }

    /** The first certificate of the file, which names the owner of the key. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** What is wrong with the age of the certificate at a moment; null if it is valid. */
    public @Nullable String invalidity(Instant now) {
        Instant begin = certificate().getNotBefore().toInstant();
        Instant end = certificate().getNotAfter().toInstant();
        if (end.isBefore(now)) {
            return "the certificate expired on " + end;
        }
        return begin.isAfter(now) ? "the certificate is not valid before " + begin : null;
    }

    /** Presents the certificate and signs with the key. */
    public X509ExtendedKeyManager keyManager() {
        char[] none = {};
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, none);
            store.setKeyEntry("key", key, none, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, none);
            return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK cannot store a key that it has read", e);
        }
    }

    /**
     * The fingerprint of the first certificate of a file, {@code sha256:…}, for clients that trust this one only.
     *
     * @throws IOException with a one-line message for users
     */
    public static String fingerprint(PemFile file) throws IOException {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(Sha256.sha256(file.certificates().get(0).getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded cannot be encoded", e);
        }
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey key) {
        byte[] text = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(publicKey.getAlgorithm(), "unknown"));
            if (publicKey.getAlgorithm().equals("RSASSA-PSS")) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "CertifiedKey[" + files + "]";
    }
}
