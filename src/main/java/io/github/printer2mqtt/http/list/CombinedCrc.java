package io.github.printer2mqtt.http.list;

/**
 * The CRC-32 of two concatenated byte sequences, computed from their checksums as zlib's {@code crc32_combine} does: the first
 * is multiplied by x to the power of the second's length in bits. Bits are reflected: the highest is the coefficient of 1.
 */
public final class CombinedCrc {
    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 1 << 31;
    private static final int X = 1 << 30;

    private CombinedCrc() {}

    /**
     * @param first checksum of the first sequence
     * @param second checksum of the second sequence
     * @param length of the second sequence, in bytes
     */
    public static int of(int first, int second, long length) {
        return product(powerOfX(length * 8), first) ^ second;
    }

    private static int powerOfX(long exponent) {
        int power = ONE;
        int square = X;
        for (long rest = exponent; rest > 0; rest >>>= 1) {
            if ((rest & 1) == 1) {
                power = product(square, power);
            }
            square = product(square, square);
        }
        return power;
    }

    private static int product(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
        }
        return product;
    }
}
