package io.github.printer2mqtt.registration.service;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for announcements of printers that are offline, where the configuration lets the bridge do that by itself. It never scans
 * addresses.
 */
public final class OfflinePrinterSearch extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(OfflinePrinterSearch.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final BooleanSupplier isDue;
    private final Supplier<Future<?>> search;
    private final Duration interval;

    public OfflinePrinterSearch(DefaultRegistrationService registrations) {
        this(
                registrations::isSearchForOfflinePrintersDue,
                () -> registrations.discover(new JsonObject().put("scan", false)),
                INTERVAL);
    }

    OfflinePrinterSearch(BooleanSupplier isDue, Supplier<Future<?>> search, Duration interval) {
        this.isDue = isDue;
        this.search = search;
        this.interval = interval;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(interval.toMillis(), due -> search());
        return Future.succeededFuture();
    }

    private void search() {
        if (isDue.getAsBoolean()) {
            search.get().onFailure(failure -> LOG.debug("no search for offline printers: {}", failure.getMessage()));
        }
    }
}
