package io.github.printer2mqtt.model.access;

import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Somebody who may log in.
 *
 * @param name unique, in lower case
 */
public record User(String name, Role role, Instant createdAt) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    /** The name as it is stored. Keyboards of phones begin with a capital letter. */
    public static String normalize(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * A checked name, normalized.
     *
     * @throws InvalidValueException with what was found and what is expected
     */
    public static String checkedName(String name) {
        String normalized = normalize(name);
        if (!NAME.matcher(normalized).matches()) {
            throw new InvalidValueException("found " + QuotedText.of(name)
                    + ", expected 1 to 64 of a-z, 0-9, . _ @ - that begin with a letter" + " or digit");
        }
        return normalized;
    }
}
