package io.github.printer2mqtt.simulator.tls;

import io.github.printer2mqtt.net.tls.Der;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signs certificates of simulated printers, as a manufacturer does: the subject is the serial number, and there are no other names. All
 * its printers share one key, because a key for each would take seconds in a large farm. Thread-safe.
 */
public final class SimulatedAuthority {
    private static final int KEY_BITS = 2048;
    private static final Duration LIFETIME = Duration.ofDays(2);
    private static final byte[] NOTHING = {};

    private final String name;
    private final KeyPair authorityKey;
    private final KeyPair printerKey;
    private final AtomicLong serialNumbers = new AtomicLong();

    /** The version of a certificate. */
    public enum Version {
        /** As Bambu Lab's printers have it. */
        V1,
        V3
    }

    private SimulatedAuthority(String name, KeyPair authorityKey, KeyPair printerKey) {
        this.name = name;
        this.authorityKey = authorityKey;
        this.printerKey = printerKey;
    }

    /**
     * An authority with new keys. Blocks for some tenths of a second.
     *
     * @param name its common name
     */
    public static SimulatedAuthority create(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return new SimulatedAuthority(name, generator.generateKeyPair(), generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its own certificate, signed by itself. */
    public SimulatedCertificate certificate() {
        return new SimulatedCertificate(
                sign(name, authorityKey.getPublic(), CertificateDer.version3(), CertificateDer.IS_AUTHORITY),
                authorityKey.getPrivate());
    }

    /** @param commonName the serial number of the printer */
    public SimulatedCertificate issue(String commonName, Version version) {
        byte[] versionMember = version == Version.V1 ? NOTHING : CertificateDer.version3();
        return new SimulatedCertificate(
                sign(commonName, printerKey.getPublic(), versionMember, NOTHING), printerKey.getPrivate());
    }

    private X509Certificate sign(String commonName, PublicKey key, byte[] version, byte[] extensions) {
        Instant now = Instant.now();
        byte[] content = Der.sequence(
                version,
                Der.integer(BigInteger.valueOf(serialNumbers.incrementAndGet())),
                CertificateDer.SHA256_WITH_RSA,
                CertificateDer.name(name),
                Der.sequence(CertificateDer.time(now.minus(LIFETIME)), CertificateDer.time(now.plus(LIFETIME))),
                CertificateDer.name(commonName),
                key.getEncoded(),
                extensions);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(authorityKey.getPrivate());
            signature.update(content);
            byte[] encoded =
                    Der.sequence(content, CertificateDer.SHA256_WITH_RSA, CertificateDer.bitString(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
