package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The immutable id of a printer, used in topics, URLs and Home Assistant ids. It is a DNS label, so it never needs escaping.
 *
 * @param value a DNS label in lower case, for example {@code mk4-left}
 */
public record PrinterId(String value) implements Comparable<PrinterId> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Words that topics or URLs use in place of an id. */
    private static final Set<String> RESERVED = Set.of("bridge", "probe", "import", "export");

    /** @throws InvalidValueException if the value is no DNS label or is reserved */
    public PrinterId {
        if (!isLabel(value)) {
            throw new InvalidValueException(
                    "found " + QuotedText.of(value) + ", expected a DNS label: 1 to 63 of a-z, 0-9"
                            + " and -, beginning and ending with a letter or digit");
        }
        if (RESERVED.contains(value)) {
            throw new InvalidValueException("found " + QuotedText.of(value) + ", which is reserved");
        }
    }

    /** Whether the text is valid as an id or a group. */
    public static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    /**
     * Derives an id from a display name: {@code MK4 left} becomes {@code mk4-left}; a name without usable characters
     * becomes {@code printer}.
     */
    public static PrinterId fromName(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        String slug =
                ascii.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        if (slug.length() > 60) {
            slug = slug.substring(0, 60);
        }
        slug = slug.replaceAll("-+$", "");
        if (slug.isEmpty()) {
            return new PrinterId("printer");
        }
        return RESERVED.contains(slug) ? new PrinterId(slug + "-1") : new PrinterId(slug);
    }

    /** The id to try if this one is taken: {@code mk4} with 2 gives {@code mk4-2}. */
    public PrinterId numbered(int number) {
        return new PrinterId(value + "-" + number);
    }

    @Override
    public int compareTo(PrinterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
