package io.github.printer2mqtt.registration.transfer;

import io.github.printer2mqtt.model.PrinterId;
import org.jspecify.annotations.Nullable;

/** Names of groups and floors in other programs, which may contain anything. */
final class ForeignNames {
    private static final int MAX_LENGTH = 200;

    private ForeignNames() {}

    /** {@code Hall 2 / left} as the group {@code hall-2-left}; null if the name has no letter or digit that a group may have. */
    static @Nullable String group(String name) {
        String start = name.substring(0, Math.min(name.length(), MAX_LENGTH));
        // An id that is made from a name is never empty, so a name without usable characters gets a marker.
        String slug = PrinterId.fromName("x " + start).value();
        return slug.length() > 2 ? slug.substring(2) : null;
    }
}
