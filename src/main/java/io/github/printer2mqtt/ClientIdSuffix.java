package io.github.printer2mqtt;

import java.security.SecureRandom;

/** The end of the MQTT client id, made once and kept in the database, so that two bridges never push each other out. */
final class ClientIdSuffix {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 6;

    private ClientIdSuffix() {}

    static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder suffix = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return suffix.toString();
    }
}
