package io.github.printer2mqtt.history;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.HistoryRepository;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Records changes of state and keeps the history within its limits, on an event loop of its own. Ended prints are recorded by
 * the fleet, which knows how they ended. Deployed once, before the printers.
 */
public final class HistoryVerticle extends VerticleBase {
    private final BridgeConfig.History config;
    private final FleetView fleet;
    private final HistoryRepository repository;
    private final HistoryArchive archive;
    private @Nullable HistoryRetention retention;

    public HistoryVerticle(
            BridgeConfig.History config, FleetView fleet, HistoryRepository repository, HistoryArchive archive) {
        this.config = config;
        this.fleet = fleet;
        this.repository = repository;
        this.archive = archive;
    }

    @Override
    public Future<?> start() {
        fleet.addListener(new StateRecorder(repository, InstantSource.system()));
        HistoryRetention created = new HistoryRetention(archive, config, LoopTimers.ofCurrent(vertx));
        retention = created;
        created.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        if (retention != null) {
            retention.stop();
        }
        return Future.succeededFuture();
    }
}
