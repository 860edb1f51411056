package io.github.printer2mqtt.config;

import org.jspecify.annotations.Nullable;

/** A value does not fit its kind. Never leaves this room. */
final class InvalidSettingException extends Exception {
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

    /** What was found is the value itself, which may be shown. */
    static InvalidSettingException expected(String expected) {
        return new InvalidSettingException("", null, expected);
    }

    /** What was found is told in words, since the value must not be shown or does not explain it. */
    static InvalidSettingException found(String found, String expected) {
        return new InvalidSettingException("", found, expected);
    }

    /** The same about an item of a list, with what was found unless it is told already. */
    InvalidSettingException atItem(int index, String shown) {
        return new InvalidSettingException("[" + index + "]", found == null ? shown : found, expected);
    }

    /** Empty, or the index of an item as it follows the path of the list. */
    String at() {
        return at;
    }

    /** What was found; the given text if that is the value itself. */
    String foundOr(String shown) {
        return found == null ? shown : found;
    }

    String expected() {
        return expected;
    }
}
