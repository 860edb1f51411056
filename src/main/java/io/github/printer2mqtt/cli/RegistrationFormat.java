package io.github.printer2mqtt.cli;

import java.util.Locale;

/** How registrations are written that move as a whole. */
public enum RegistrationFormat {
    JSON("application/json"),
    CSV("text/csv");

    private final String contentType;

    RegistrationFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The one that the ending of a file's name tells. */
    public static RegistrationFormat ofFile(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : CSV;
    }

    public String contentType() {
        return contentType;
    }

    /** The name used in options and in queries of the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
