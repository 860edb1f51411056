package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Klipper's status -> reading, with what must be remembered from one status to the next, whichever way they come. Belongs to
 * the session's event loop.
 */
final class StatusReader {
    /** If Klipper finds no microcontroller for so long, the printer counts as switched off. */
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);

    private final LongSupplier nanos;
    private final MetadataReader metadata;
    private final HistoryReader history = new HistoryReader();

    private @Nullable Long startupSince;
    private PrintPhase phase = PrintPhase.NONE;

    StatusReader(LongSupplier nanos) {
        this.nanos = nanos;
        this.metadata = new MetadataReader(nanos);
    }

    /**
     * @param missing capabilities that the printer lacks
     */
    Future<Reading> read(LenientJson status, KlipperObjects objects, Set<Capability> missing, Lookups lookups) {
        limitStartup(status);
        Temperatures temperatures = MoonrakerMapper.temperatures(status, objects);
        phase = phase.next(MoonrakerMapper.state(status, temperatures), status, nanos.getAsLong());
        return metadata.read(status, lookups)
                .map(known -> MoonrakerMapper.reading(status, phase.state(), temperatures, known, missing))
                .compose(reading -> history.read(status, lookups).map(past -> reading.withPastJob(past.orElse(null))));
    }

    /** Klipper is not there; its next start begins anew. */
    void onDisconnected() {
        startupSince = null;
    }

    private void limitStartup(LenientJson status) {
        if (!MoonrakerMapper.isStartup(status)) {
            startupSince = null;
            return;
        }
        long now = nanos.getAsLong();
        Long since = startupSince;
        if (since == null) {
            startupSince = now;
        } else if (now - since >= STARTUP_LIMIT.toNanos()) {
            throw new PrinterException(
                    FailureReason.DISCONNECTED,
                    "Klipper finds no printer: it has been starting for more than a minute");
        }
    }
}
