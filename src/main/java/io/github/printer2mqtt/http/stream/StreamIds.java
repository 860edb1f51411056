package io.github.printer2mqtt.http.stream;

import org.jspecify.annotations.Nullable;

/**
 * The ids of the stream: {@code <start>-<version>-<sequence>}, and the digest of the view if there is one, like an entity tag
 * of the list. An id of another start of the bridge or of another view is thus recognised.
 *
 * @param startId differs at each start
 */
record StreamIds(String startId) {
    private static final String NUMBER = "\\d{1,18}";

    /** @param sequence of the last message that a client with this id has seen */
    String text(long version, long sequence, StreamView view) {
        String id = startId + "-" + version + "-" + sequence;
        return view.digest().isEmpty() ? id : id + "-" + view.digest();
    }

    /** The sequence in an id of this start and this view; null for any other text. */
    @Nullable Long sequence(@Nullable String id, StreamView view) {
        if (id == null || !id.startsWith(startId + "-")) {
            return null;
        }
        String[] parts = id.substring(startId.length() + 1).split("-", -1);
        boolean ofView =
                view.digest().isEmpty() ? parts.length == 2 : parts.length == 3 && parts[2].equals(view.digest());
        return ofView && parts[0].matches(NUMBER) && parts[1].matches(NUMBER) ? Long.valueOf(parts[1]) : null;
    }
}
