package io.github.printer2mqtt.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BackupConfig;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.ManualTimers;
import io.github.printer2mqtt.testing.ReleasedDatabase;
import io.github.printer2mqtt.testing.SmallDisk;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time begins at 2026-11-21T09:50:00Z and is moved. */
class NightlyBackupTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @TempDir
    private Path directory;

    private final ManualTimers time = new ManualTimers();
    private @Nullable NightlyBackup nightly;

    @AfterEach
    void stop() {
        if (nightly != null) {
            nightly.stop();
        }
        assertThat(time.pending()).isZero();
    }

    @Test
    void databaseIsCopiedEachNightInLocalTimeAndSevenCopiesAreKept() {
        start(null);
        time.advance(Duration.ofDays(10));

        assertThat(copies())
                .hasSize(7)
                .startsWith("printer2mqtt-20261201T023000000Z-nightly.db")
                .endsWith("printer2mqtt-20261125T023000000Z-nightly.db");
        assertThat(ReleasedDatabase.content(folder().resolve(copies().get(0))))
                .isEqualTo(ReleasedDatabase.content(database()));
    }

    @Test
    void copyThatWasMissedIsMadeAfterTheStart() {
        start(Instant.parse("2026-11-20T02:30:00Z"));
        time.advance(Duration.ofMinutes(10));
        assertThat(copies()).containsExactly("printer2mqtt-20261121T095500000Z-nightly.db");

        time.advance(Duration.ofHours(20));
        assertThat(copies()).hasSize(2).startsWith("printer2mqtt-20261122T023000000Z-nightly.db");
    }

    @Test
    void restartAfterTheCopyOfTheNightMakesNoOther() {
        start(Instant.parse("2026-11-21T02:30:00Z"));
        time.advance(Duration.ofHours(16));
        assertThat(copies()).isEmpty();

        time.advance(Duration.ofHours(1));
        assertThat(copies()).hasSize(1);
    }

    @Test
    void clockThatIsSetMovesTheNextCopy() {
        start(Instant.parse("2026-11-21T02:30:00Z"));
        time.jump(Duration.ofDays(3));
        time.advance(Duration.ofMinutes(5));
        assertThat(copies()).containsExactly("printer2mqtt-20261124T095500000Z-nightly.db");

        time.jump(Duration.ofDays(-300));
        time.advance(Duration.ofDays(1));
        assertThat(copies()).hasSize(2);
    }

    @Test
    void failureIsLoggedOnceShownInTheHealthAndTriedAgainEachHour() throws IOException {
        Files.writeString(folder(), "a file where the folder should be");
        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt.backup")) {
            start(null);
            time.advance(Duration.ofHours(30));
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("the nightly backup failed and is tried again each hour: backup.folder: " + folder());
        }
        assertThat(nightly().health().level()).isEqualTo(Health.Level.DEGRADED);
        assertThat(nightly().health().detail()).startsWith("the nightly backup failed: backup.folder: " + folder());

        Files.delete(folder());
        time.advance(Duration.ofHours(1));
        assertThat(nightly().health()).isEqualTo(Health.up());
        assertThat(copies()).hasSize(1);
    }

    @Test
    void olderCopiesStayWhileANewOneDoesNotFit() {
        try (SmallDisk disk = SmallDisk.mount(folder(), 1000)) {
            start(null);
            time.advance(Duration.ofMinutes(10));
            List<String> older = copies();
            assertThat(older).hasSize(1);
            disk.fill();

            time.advance(Duration.ofDays(10));

            assertThat(copies()).isEqualTo(older);
            assertThat(nightly().health().level()).isEqualTo(Health.Level.DEGRADED);
            assertThat(nightly().health().detail())
                    .startsWith("the nightly backup failed: database " + folder())
                    .contains(" bytes are needed and 0 are free");
            disk.free();
            time.advance(Duration.ofHours(1));
            assertThat(nightly().health()).isEqualTo(Health.up());
            assertThat(copies()).hasSize(2).endsWith(older.get(0));
        }
    }

    private NightlyBackup nightly() {
        return Objects.requireNonNull(nightly);
    }

    private void start(@Nullable Instant last) {
        ReleasedDatabase.create(database(), ReleasedDatabase.NEWEST);
        BackupFolder backups = backups();
        NightlyBackup created = new NightlyBackup(
                time, ZONE, LocalTime.of(3, 30), () -> Future.succeededFuture().map(now -> backups.create("nightly")));
        nightly = created;
        created.start(last);
    }

    private BackupFolder backups() {
        return BackupFolder.of(new BackupConfig(true, LocalTime.of(3, 30), 7, null), database(), time::now);
    }

    private List<String> copies() {
        return backups().list().stream().map(Backup::name).toList();
    }

    private Path database() {
        return directory.resolve("printer2mqtt.db");
    }

    private Path folder() {
        return directory.resolve("backups");
    }
}
