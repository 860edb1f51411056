package io.github.printer2mqtt.simulator.tls;

import io.github.printer2mqtt.net.tls.Der;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The few values of a certificate. Source: RFC 5280. Stateless. */
final class CertificateDer {
    /** sha256WithRSAEncryption with its empty parameters. */
    static final byte[] SHA256_WITH_RSA =
            Der.sequence(Der.value(0x06, bytes(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b)), Der.value(0x05));

    /** The member [3] of a certificate with the critical extension basicConstraints that makes it an authority. */
    static final byte[] IS_AUTHORITY = Der.value(
            0xa3,
            Der.sequence(Der.sequence(
                    Der.value(0x06, bytes(0x55, 0x1d, 0x13)),
                    Der.value(0x01, bytes(0xff)),
                    Der.value(0x04, Der.sequence(Der.value(0x01, bytes(0xff)))))));

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final byte[] COMMON_NAME = Der.value(0x06, bytes(0x55, 0x04, 0x03));

    private CertificateDer() {}

    /** The member [0] that says version 3; a certificate without it has version 1. */
    static byte[] version3() {
        return Der.value(0xa0, Der.integer(BigInteger.TWO));
    }

    /** @param at before 2050 */
    static byte[] time(Instant at) {
        return Der.value(0x17, UTC_TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    /** A name with a common name only. */
    static byte[] name(String commonName) {
        byte[] text = Der.value(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
        return Der.sequence(Der.value(0x31, Der.sequence(COMMON_NAME, text)));
    }

    static byte[] bitString(byte[] content) {
        return Der.value(0x03, bytes(0), content);
    }

    private static byte[] bytes(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }
}
