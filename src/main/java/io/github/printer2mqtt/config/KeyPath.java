package io.github.printer2mqtt.config;

import io.github.printer2mqtt.printer.QuotedText;
import java.util.regex.Pattern;

/** How the place of a value is written: {@code polling.interval.idle}. */
final class KeyPath {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private KeyPath() {}

    /** The path of a key below a path, which is empty for the document. A key that could mislead is quoted. */
    static String join(String path, String key) {
        String shown = PLAIN.matcher(key).matches() ? key : QuotedText.of(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }
}
