package io.github.printer2mqtt.driver;

/**
 * Whether what answers at an address speaks a driver's protocol.
 *
 * @param matches whether it does
 * @param evidence what it said, one line for people, for example {@code OctoPrint 1.11.8}
 */
public record Recognition(boolean matches, String evidence) {
    public static Recognition yes(String evidence) {
        return new Recognition(true, evidence);
    }

    public static Recognition no(String evidence) {
        return new Recognition(false, evidence);
    }
}
