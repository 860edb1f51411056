package io.github.printer2mqtt.backup;

import io.github.printer2mqtt.config.BackupConfig;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the nightly backups, if they are switched on. Deployed once. */
public final class BackupVerticle extends VerticleBase {
    private final BackupConfig config;
    private final BackupService service;
    private final @Nullable Copies copies;
    private final MetricsRegistry metricsRegistry;
    private @Nullable NightlyBackup nightly;

    private BackupVerticle(
            BackupConfig config, BackupService service, @Nullable Copies copies, MetricsRegistry metricsRegistry) {
        this.config = config;
        this.service = service;
        this.copies = copies;
        this.metricsRegistry = metricsRegistry;
    }

    /** How a database that is a file is copied. */
    private record Copies(DefaultBackupService service, BackupMetrics metrics) {}

    /** For the database of a configuration, which must have been opened before. A server is never copied. */
    public static BackupVerticle of(Vertx vertx, BridgeConfig config, MetricsRegistry metricsRegistry) {
        if (config.database().server() != null) {
            return new BackupVerticle(
                    config.backup(), new UnsupportedBackupService(config.database()), null, metricsRegistry);
        }
        Path database = Path.of(config.database().path()).toAbsolutePath().normalize();
        BackupFolder folder = BackupFolder.of(config.backup(), database, InstantSource.system());
        BackupMetrics metrics = BackupMetrics.of(metricsRegistry);
        DefaultBackupService service = new DefaultBackupService(vertx, folder, metrics);
        return new BackupVerticle(config.backup(), service, new Copies(service, metrics), metricsRegistry);
    }

    /** Makes and finds backups on request, also before the verticle is deployed. */
    public BackupService service() {
        return service;
    }

    @Override
    public Future<?> start() {
        Copies copied = copies;
        if (copied == null) {
            return Future.succeededFuture();
        }
        // A folder that cannot be read is reported by the first backup.
        return service.overview()
                .map(BackupService.Overview::backups)
                .otherwise(List.of())
                .onSuccess(backups -> start(copied, backups))
                .mapEmpty();
    }

    private void start(Copies copied, List<Backup> backups) {
        backups.forEach(backup -> copied.metrics().succeeded(backup.createdAt()));
        if (config.nightly()) {
            NightlyBackup created = new NightlyBackup(
                    LoopTimers.ofCurrent(vertx),
                    ZoneId.systemDefault(),
                    config.at(),
                    () -> copied.service().create(Backup.NIGHTLY));
            nightly = created;
            metricsRegistry.addHealthCheck("backup", created::health);
            created.start(newest(backups));
        }
    }

    @Override
    public Future<?> stop() {
        if (nightly != null) {
            nightly.stop();
        }
        return Future.succeededFuture();
    }

    private static @Nullable Instant newest(List<Backup> backups) {
        return backups.stream()
                .filter(backup -> backup.kind() == Backup.Kind.NIGHTLY)
                .map(Backup::createdAt)
                .findFirst()
                .orElse(null);
    }
}
