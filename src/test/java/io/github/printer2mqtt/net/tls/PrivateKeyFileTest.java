package io.github.printer2mqtt.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.testing.OpenSsl;
import io.github.printer2mqtt.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates and keys as openssl makes them. */
class PrivateKeyFileTest {
    private static final String PASSWORD = "canary phrase";
    private static final String ENCRYPTED_PKCS8 = "openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW";

    @TempDir
    private Path folder;

    private OpenSsl openssl = new OpenSsl(Path.of("none"));

    @BeforeEach
    void authority() {
        openssl = OpenSsl.in(folder);
        openssl.write("phrase", PASSWORD);
    }

    static Stream<Arguments> readableKeys() {
        String rsa = "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048";
        String ec = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-";
        String convert = "pkcs8 -topk8 -in plain.key -passout file:phrase ";
        return Stream.of(
                Arguments.of("RSA", rsa, "pkey -in plain.key"),
                Arguments.of("RSA", rsa, "rsa -traditional -in plain.key"),
                Arguments.of("RSA", rsa, convert + "-v2 aes-256-cbc -v2prf hmacWithSHA256"),
                Arguments.of("RSA", rsa, convert + "-v2 aes-128-cbc -v2prf hmacWithSHA512"),
                Arguments.of("RSA", rsa, convert + "-v2 aes-256-cbc -v2prf hmacWithSHA1"),
                Arguments.of("RSA", rsa, convert + "-v1 PBE-SHA1-3DES"),
                Arguments.of("RSASSA-PSS", "genpkey -algorithm RSA-PSS", "pkey -in plain.key"),
                Arguments.of("EC", ec + "256", "pkey -in plain.key"),
                Arguments.of("EC", ec + "384", "ec -in plain.key"),
                Arguments.of("EC", ec + "521", "ec -in plain.key"),
                Arguments.of("EC", ec + "256", convert + "-v2 aes-256-cbc"),
                Arguments.of("EC", "ecparam -genkey -name prime256v1", "ec -in plain.key"),
                Arguments.of("EdDSA", "genpkey -algorithm ED25519", "pkey -in plain.key"),
                Arguments.of("EdDSA", "genpkey -algorithm ED25519", convert + "-v2 aes-256-cbc"),
                Arguments.of("EdDSA", "genpkey -algorithm ED448", "pkey -in plain.key"));
    }

    @ParameterizedTest
    @MethodSource("readableKeys")
    void keyIsRead(String algorithm, String make, String write) throws IOException {
        openssl.key("plain", make);
        openssl.key("me", write);
        openssl.run("req -x509 -days 9 -subj /CN=me -key plain.key -out me.pem");

        CertifiedKey own = read(PASSWORD);

        assertThat(own.key().getAlgorithm()).isEqualTo(algorithm);
        assertThat(own.keyManager().getPrivateKey("key")).isEqualTo(own.key());
        assertThat(own.toString()).doesNotContain(PASSWORD);
    }

    /** As "openssl ecparam -genkey" writes it, with a block for the curve before the key. */
    @Test
    void certificatesAndParametersMayStandBesideTheKey() throws IOException {
        openssl.key("me", "ecparam -genkey -name prime256v1");
        openssl.certificate("me");
        Files.writeString(
                openssl.file("me.key"),
                Files.readString(openssl.file("me.pem")) + "text\r\n"
                        + Files.readString(openssl.file("me.key")).replace("\n", "\r\n"));
        Files.writeString(
                openssl.file("me.pem"),
                Files.readString(openssl.file("me.key")) + Files.readString(openssl.file("ca.pem")));

        assertThat(read(null).chain()).hasSize(2);
    }

    static Stream<Arguments> unusableKeys() {
        String rsa = "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048";
        String ec = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:";
        return Stream.of(
                Arguments.of(
                        rsa,
                        "rsa -traditional -aes256 -passout file:phrase -in plain.key",
                        "a key that is encrypted in OpenSSL's old format (Proc-Type: 4,ENCRYPTED)",
                        ENCRYPTED_PKCS8),
                Arguments.of(
                        ec + "P-256",
                        "ec -aes128 -passout file:phrase -in plain.key",
                        "a key that is encrypted in OpenSSL's old format",
                        ENCRYPTED_PKCS8),
                Arguments.of(
                        rsa,
                        "pkcs8 -topk8 -scrypt -passout file:phrase -in plain.key",
                        "a key that is encrypted in a way that Java cannot read",
                        ENCRYPTED_PKCS8),
                Arguments.of(
                        rsa,
                        "pkcs8 -topk8 -v2 des3 -passout file:phrase -in plain.key",
                        "a key that is encrypted in a way that Java cannot read",
                        ENCRYPTED_PKCS8),
                Arguments.of(
                        ec + "secp256k1", "pkey -in plain.key", "an EC key on a curve that Java cannot use", "P-256"),
                Arguments.of(
                        ec + "P-256 -pkeyopt ec_param_enc:explicit",
                        "pkey -in plain.key",
                        "an EC key on a curve that Java cannot use",
                        "openssl ec -param_enc named_curve -in FILE -out NEW"),
                Arguments.of(
                        "genpkey -algorithm X25519", "pkey -in plain.key", "a key of type X25519", "openssl genpkey"),
                Arguments.of(rsa, "pkey -outform DER -in plain.key", "binary data", "openssl pkey -in FILE -out NEW"),
                Arguments.of(
                        rsa,
                        "pkey -pubout -in plain.key",
                        "no key but \"PUBLIC KEY\"",
                        "expected a PEM file with a private key"));
    }

    @ParameterizedTest
    @MethodSource("unusableKeys")
    void unusableKeyIsNamedWithTheCommandThatConvertsIt(String make, String write, String found, String expected) {
        openssl.key("plain", make);
        openssl.key("me", write);
        openssl.key("other");
        Path certificate = openssl.certificate("other");

        assertThatThrownBy(() -> read(certificate, PASSWORD))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("mqtt.tls.key: found " + found)
                .hasMessageContaining(" in \"" + openssl.file("me.key") + "\", expected ")
                .hasMessageContaining(expected)
                .hasMessageNotContaining(PASSWORD)
                .hasMessageNotContaining("\n");
    }

    @Test
    void dsaKeyIsNamed() {
        openssl.run("dsaparam -out parameters -genkey 1024");
        openssl.key("me", "pkey -in parameters");
        assertUnusable("mqtt.tls.key: found a key of type DSA in ", "expected an RSA, EC, Ed25519 or Ed448 key");
        openssl.key("me", "dsa -in parameters");
        assertUnusable("mqtt.tls.key: found a key of type DSA in ", "openssl genpkey");
    }

    @Test
    void keyOfOpenSshIsNamed() {
        openssl.write("me.key", pem("OPENSSH PRIVATE KEY", "openssh-key-v1".getBytes(StandardCharsets.US_ASCII)));

        assertUnusable("mqtt.tls.key: found a key in the format of OpenSSH in ", "ssh-keygen -p -m PKCS8 -f COPY");
    }

    @Test
    void passwordIsMissingOrWrong() {
        openssl.key("plain");
        openssl.key("me", "pkcs8 -topk8 -v2 aes-256-cbc -passout file:phrase -in plain.key");
        assertUnusable("mqtt.tls.key: found an encrypted key in ", "expected its password in mqtt.tls.key_password");
        for (int i = 0; i < 300; i++) {
            String wrong = "canary " + i;
            assertThatThrownBy(() -> read(openssl.file("ca.pem"), wrong))
                    .hasMessageStartingWith(
                            "mqtt.tls.key: found an encrypted key that mqtt.tls.key_password does not decrypt in ")
                    .hasMessageEndingWith("expected its password there")
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        openssl.key("me");
        openssl.certificate("me");
        String key = Files.readString(openssl.file("me.key"));
        openssl.write("me.key", pem("PRIVATE KEY", new byte[] {0x30, 3, 2, 1, 0}));
        assertUnusable("mqtt.tls.key: found a damaged key in ", "");
        openssl.write("me.key", pem("EC PRIVATE KEY", new byte[] {0x30, (byte) 0x84, 1, 1, 1, 1}));
        assertUnusable("mqtt.tls.key: found a damaged key in ", "");
        openssl.write("me.key", key.substring(0, key.length() / 2));
        assertUnusable("mqtt.tls.key: found no key in ", "expected a PEM file with one");
        openssl.write("me.key", "");
        assertUnusable("mqtt.tls.key: found no key in ", "");
        openssl.write("me.pem", key);
        assertThatThrownBy(() -> read(null))
                .hasMessage("mqtt.tls.certificate: found no certificate in \"" + openssl.file("me.pem")
                        + "\", expected a PEM file with one");
        openssl.write("me.pem", pem("CERTIFICATE", new byte[] {0x30, 3, 2, 1, 0}));
        assertThatThrownBy(() -> read(null))
                .hasMessageStartingWith("mqtt.tls.certificate: found a damaged certificate");
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        openssl.key("me");
        openssl.key("other", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
        Path other = openssl.certificate("other");

        assertThatThrownBy(() -> read(other, null))
                .hasMessage("mqtt.tls.key: found a key in \"" + openssl.file("me.key")
                        + "\" that does not belong to the certificate in \"" + other + "\", expected its private key");
    }

    @Test
    void ageOfTheCertificateIsKnown() throws IOException {
        openssl.key("me");
        openssl.certificate("me");
        CertifiedKey own = read(null);
        Instant end = own.certificate().getNotAfter().toInstant();
        Instant begin = own.certificate().getNotBefore().toInstant();

        assertThat(own.invalidity(Instant.now().plusSeconds(60))).isNull();
        assertThat(own.invalidity(end.plusSeconds(1))).isEqualTo("the certificate expired on " + end);
        assertThat(own.invalidity(begin.minus(Duration.ofDays(1))))
                .isEqualTo("the certificate is not valid before " + begin);
    }

    private void assertUnusable(String start, String part) {
        assertThatThrownBy(() -> read(openssl.file("ca.pem"), null))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(start + "\"" + openssl.file("me.key") + "\"")
                .hasMessageContaining(part);
    }

    private CertifiedKey read(@Nullable String password) throws IOException {
        return read(openssl.file("me.pem"), password);
    }

    private CertifiedKey read(Path certificate, @Nullable String password) throws IOException {
        return CertifiedKey.of(PemPair.read(
                "mqtt.tls", certificate.toString(), openssl.file("me.key").toString(), Secret.ofNullable(password)));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
