package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key: PKCS #8, also encrypted (RFC 5958, RFC 8018), PKCS #1 of RSA (RFC 8017) and SEC 1 of EC (RFC 5915).
 * What the JDK cannot read is named, with the command that converts it.
 *
 * @param file with the key
 * @param passwordKey of the configuration, for messages
 * @param password null for none; unused for a key that is not encrypted
 */
record PrivateKeyReader(
        PemFile file, String passwordKey, @Nullable Secret password) {
    private static final BigInteger VERSION_1 = BigInteger.ZERO;
    private static final String RSA = "2a864886f70d010101";
    private static final String EC = "2a8648ce3d0201";

    /** Algorithms by their object identifier, in hexadecimal. Source: RFC 8017, 5480, 8410. */
    private static final Map<String, String> ALGORITHMS =
            Map.of(RSA, "RSA", "2a864886f70d01010a", "RSASSA-PSS", EC, "EC", "2b6570", "EdDSA", "2b6571", "EdDSA");

    /** Of keys that TLS cannot use. Source: RFC 3279, 8410. */
    private static final Map<String, String> OTHER_ALGORITHMS = Map.of(
            "2a8648ce380401",
            "DSA",
            "2b656e",
            "X25519",
            "2b656f",
            "X448",
            "2a864886f70d010301",
            "Diffie-Hellman",
            "2a8648ce3e0201",
            "Diffie-Hellman");

    /** P-256, P-384 and P-521, the curves that the JDK has for TLS. Source: RFC 5480. */
    private static final Set<String> CURVES = Set.of("2a8648ce3d030107", "2b81040022", "2b81040023");

    private static final String USABLE = "an RSA, EC, Ed25519 or Ed448 key";
    private static final String PLAIN = "one in PKCS #8; convert it with: openssl pkcs8 -topk8 -in FILE -out NEW";

    /** @throws IOException with a one-line message for users, which shows nothing of the key */
    PrivateKey read() throws IOException {
        byte[] curve = null;
        for (PemFile.Block block : file.blocks()) {
            switch (block.label()) {
                case "EC PARAMETERS" -> curve = block.der();
                case "PRIVATE KEY" -> {
                    return decoded(block.der());
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return decoded(decrypted(block.der()));
                }
                case "RSA PRIVATE KEY" -> {
                    return decoded(plain(block, RSA, Der.value(Der.NULL)));
                }
                case "EC PRIVATE KEY" -> {
                    return decoded(plain(block, EC, curve));
                }
                case "DSA PRIVATE KEY" -> throw unusable("DSA");
                case "OPENSSH PRIVATE KEY" ->
                    throw file.unusable(
                            "a key in the format of OpenSSH",
                            "one in PKCS #8; ssh-keygen -p -m PKCS8 -f COPY converts a copy of it");
                default -> {
                    // Certificates are allowed beside the key.
                }
            }
        }
        throw noKey();
    }

    private IOException noKey() {
        if (file.isBinary()) {
            return file.unusable(
                    "binary data",
                    "a key as PEM; convert it with: openssl pkey -in FILE -out NEW"
                            + " (PKCS #12: openssl pkcs12 -in FILE -nocerts -out NEW)");
        }
        List<PemFile.Block> blocks = file.blocks();
        return blocks.isEmpty()
                ? file.unusable("no key", "a PEM file with one")
                : file.unusable("no key but " + QuotedText.of(blocks.get(0).label()), "a PEM file with a private key");
    }

    private IOException unusable(String algorithm) {
        return file.unusable(
                "a key of type " + algorithm,
                USABLE + "; make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out NEW");
    }

    /** PKCS #8 around a key of an older format, whose curve, if it has one, may stand inside it. */
    private byte[] plain(PemFile.Block block, String algorithm, byte @Nullable [] parameters) throws IOException {
        if (block.isEncrypted()) {
            throw file.unusable(
                    "a key that is encrypted in OpenSSL's old format (Proc-Type: 4,ENCRYPTED)",
                    "one in PKCS #8; convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW");
        }
        byte[] known = parameters;
        if (algorithm.equals(EC)) {
            for (Der.Element member : members(block.der())) {
                known = member.tag() == Der.CONTEXT ? member.content() : known;
            }
        }
        if (known == null) {
            throw file.unusable("an EC key that names no curve", PLAIN);
        }
        byte[] identifier = Der.value(Der.OBJECT_IDENTIFIER, HexFormat.of().parseHex(algorithm));
        return Der.sequence(
                Der.integer(VERSION_1), Der.sequence(identifier, known), Der.value(Der.OCTET_STRING, block.der()));
    }

    private List<Der.Element> members(byte[] der) throws IOException {
        try {
            return Der.members(der);
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private IOException damaged() {
        return file.unusable("a damaged key", USABLE);
    }

    private PrivateKey decoded(byte[] pkcs8) throws IOException {
        List<Der.Element> members = members(pkcs8);
        if (members.size() < 3) {
            throw damaged();
        }
        List<Der.Element> algorithm = members(members.get(1).encoded());
        String identifier = algorithm.isEmpty() ? "" : hex(algorithm.get(0));
        String name = ALGORITHMS.get(identifier);
        if (name == null) {
            throw unusable(OTHER_ALGORITHMS.getOrDefault(identifier, identifier));
        }
        if (name.equals("EC") && (algorithm.size() < 2 || !CURVES.contains(hex(algorithm.get(1))))) {
            throw file.unusable(
                    "an EC key on a curve that Java cannot use",
                    "P-256, P-384 or P-521, by name; if it is one, name it with: openssl ec -param_enc named_curve -in FILE"
                            + " -out NEW");
        }
        try {
            return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) { // whose message may contain parts of the key
            throw damaged();
        }
    }

    private static String hex(Der.Element element) {
        return HexFormat.of().formatHex(element.content());
    }

    private byte[] decrypted(byte[] der) throws IOException {
        Secret secret = password;
        if (secret == null) {
            throw file.unusable("an encrypted key", "its password in " + passwordKey);
        }
        members(der);
        PBEKeySpec phrase = new PBEKeySpec(secret.reveal().toCharArray());
        Cipher cipher;
        EncryptedPrivateKeyInfo info;
        try {
            info = new EncryptedPrivateKeyInfo(der);
            AlgorithmParameters parameters = info.getAlgParameters();
            // For PBES2 the JDK names what is inside only here.
            String algorithm = parameters != null && parameters.toString() != null && isPbes2(info.getAlgName())
                    ? parameters.toString()
                    : info.getAlgName();
            SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(phrase);
            cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unknownCipher();
        } finally {
            phrase.clearPassword();
        }
        return decrypted(cipher, info);
    }

    private static boolean isPbes2(String algorithm) {
        return algorithm.equals("PBES2") || algorithm.equals("1.2.840.113549.1.5.13");
    }

    private byte[] decrypted(Cipher cipher, EncryptedPrivateKeyInfo info) throws IOException {
        try {
            byte[] pkcs8 = cipher.doFinal(info.getEncryptedData());
            // One wrong password in 256 leaves bytes with a valid padding.
            Der.members(pkcs8);
            return pkcs8;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw file.unusable("an encrypted key that " + passwordKey + " does not decrypt", "its password there");
        }
    }

    private IOException unknownCipher() {
        return file.unusable(
                "a key that is encrypted in a way that Java cannot read",
                "AES by PBES2; convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW");
    }
}
