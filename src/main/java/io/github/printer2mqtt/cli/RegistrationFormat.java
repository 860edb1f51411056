package io.github.printer2mqtt.cli;

import io.github.printer2mqtt.text.WireConstant;
import java.util.Locale;

/** The file formats of import and export. */
public enum RegistrationFormat implements WireConstant {
    JSON("application/json"),
    CSV("text/csv");

    private final String contentType;

    RegistrationFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The format that the extension of a file name stands for. */
    public static RegistrationFormat ofFile(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : CSV;
    }

    public String contentType() {
        return contentType;
    }
}
