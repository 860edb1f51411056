package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.access.AuditEntry;
import io.vertx.core.Future;
import java.util.List;

/** The last changes and commands. Entries are never changed; the oldest go when there are more than are kept. Thread-safe. */
public interface AuditRepository {
    /** @param number consecutive over all starts */
    record StoredEntry(long number, AuditEntry entry) {}

    /** Returns at once and is stored in the background. */
    void append(AuditEntry entry);

    /**
     * The newest entries, the newest first.
     *
     * @param before only entries with a lower number
     */
    Future<List<StoredEntry>> newest(long before, int limit);
}
