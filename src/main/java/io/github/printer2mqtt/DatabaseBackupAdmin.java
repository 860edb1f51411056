package io.github.printer2mqtt;

import io.github.printer2mqtt.backup.OfflineBackup;
import io.github.printer2mqtt.cli.BackupAdmin;
import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.text.QuotedText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Copies and restores the configured database for the command line. */
record DatabaseBackupAdmin(BridgeConfig config) implements BackupAdmin {
    @Override
    public List<String> backup(@Nullable String file) {
        return run(backups -> backups.backup(file == null ? null : path(file)));
    }

    @Override
    public List<String> restore(String file) {
        return run(backups -> backups.restore(path(file)));
    }

    private List<String> run(Function<OfflineBackup, List<String>> work) {
        try {
            // For the library of SQLite.
            TemporaryFolder.ofProcess();
            return work.apply(new OfflineBackup(config, InstantSource.system()));
        } catch (RuntimeException e) {
            throw Bridge.startException(e);
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CliException(
                    ExitCode.USAGE, "FILE: found " + QuotedText.of(text) + ", expected the path of a file", e);
        }
    }
}
