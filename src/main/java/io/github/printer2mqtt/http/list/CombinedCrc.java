package io.github.printer2mqtt.http.list;

/**
 * The CRC-32 of two pieces of bytes after each other, of which only the checksums are known: that of the first is
 * multiplied by x to the power of the second's length in bits, modulo the polynomial of the checksum (as zlib's
 * {@code crc32_combine} does). Bits are reflected: the highest stands for x to the power of 0.
 */
public final class CombinedCrc {
    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 1 << 31;
    private static final int X = 1 << 30;

    private CombinedCrc() {}

    /**
     * @param first the checksum of what stands before
     * @param second the checksum of what follows
     * @param length of what follows, in bytes
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
