package io.github.printer2mqtt.config.type;

import org.jspecify.annotations.Nullable;

/** A value does not match its type. Caught where it is known which key has the value. */
public final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String at;
    private final @Nullable String found;
    private final String expected;

    private InvalidSettingException(String at, @Nullable String found, String expected) {
        super(expected, null, false, false);
        this.at = at;
        this.found = found;
        this.expected = expected;
    }

    /** For a value that the message may show. */
    public static InvalidSettingException expected(String expected) {
        return new InvalidSettingException("", null, expected);
    }

    /** For a value that must not be shown, or that does not explain the error. */
    static InvalidSettingException found(String found, String expected) {
        return new InvalidSettingException("", found, expected);
    }

    /** The same error for an item of a list. */
    InvalidSettingException atItem(int index, String shown) {
        return new InvalidSettingException("[" + index + "]", found == null ? shown : found, expected);
    }

    /** The index of a list item as a suffix of the path, such as {@code [2]}; empty for other values. */
    public String at() {
        return at;
    }

    /** The description of the value; the given text if the value may be shown. */
    public String foundOr(String shown) {
        return found == null ? shown : found;
    }

    /** The description of valid values. */
    public String expected() {
        return expected;
    }
}
