package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.http.list.ListQuery;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client of the stream sees. Clients with equal filters share what is encoded for them. Immutable.
 *
 * @param query always returns the id of a printer, without which a change belongs to nothing
 * @param digest equal for equal filters; empty for a client that sees everything
 */
record StreamFilter(ListQuery query, String digest) {
    static StreamFilter of(ListQuery query) {
        ListQuery withId = query.withField("id");
        return new StreamFilter(withId, withId.digest());
    }

    /** @param status null for a printer that does not exist */
    boolean includes(@Nullable Status status) {
        return status != null && query.matches(status);
    }

    /**
     * Whether the client is sent events and alerts of a printer. Its state does not matter, since most events change it.
     *
     * @param group null if it has none
     */
    boolean includesNotices(@Nullable String group, List<String> tags) {
        return query.matchesGroupAndTags(group, tags);
    }

    /** The document with the fields that the client wants. */
    byte[] encode(StatusDocument document) {
        return query.fields().isEmpty() ? document.bytes() : document.bytes(query.fields());
    }
}
