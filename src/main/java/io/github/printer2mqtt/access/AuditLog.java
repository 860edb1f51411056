package io.github.printer2mqtt.access;

import io.github.printer2mqtt.model.access.AuditEntry;
import io.github.printer2mqtt.persistence.AuditRepository;
import io.github.printer2mqtt.persistence.AuditRepository.StoredEntry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Records who changed what. Thread-safe; recording never waits. */
public final class AuditLog {
    private static final int MAX_ACTION = 300;

    private final AuditRepository repository;
    private final InstantSource clock;

    AuditLog(AuditRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Records a request that is complete; see {@link AuditEntry} for the parameters.
     *
     * @param action cut after 300 characters
     */
    public void record(String actor, String origin, String action, String result) {
        String shortened = action.length() > MAX_ACTION ? action.substring(0, MAX_ACTION) : action;
        repository.append(
                new AuditEntry(clock.instant().truncatedTo(ChronoUnit.MILLIS), actor, origin, shortened, result));
    }

    /** The newest entries, the newest first, with numbers below another. */
    public Future<List<StoredEntry>> newest(long before, int limit) {
        return repository.newest(before, limit);
    }
}
