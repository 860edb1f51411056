package io.github.printer2mqtt;

import io.github.printer2mqtt.backup.ConfiguredCopies;
import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.CopyAdmin;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.config.type.InvalidSettingException;
import io.github.printer2mqtt.persistence.postgresql.PostgresDatabase;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sqlite.SqliteDatabase;
import io.github.printer2mqtt.persistence.transfer.DatabaseTransfer;
import io.github.printer2mqtt.text.CountText;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.vertx.BlockingWait;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Copies between databases with the login and TLS of a configuration. */
record DatabaseCopyAdmin(BridgeConfig config) implements CopyAdmin {
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
    private static final Duration COPY_LIMIT = Duration.ofHours(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    @Override
    public List<String> copy(String from, String to) {
        requireSource(from);
        Vertx vertx = DatabasePrinterAdmin.newVertx();
        try {
            return withDatabase(
                    open(vertx, "--from", from),
                    source -> withDatabase(open(vertx, "--to", to), target -> copied(source, target, from, to)));
        } catch (RuntimeException e) {
            throw Bridge.startException(e);
        } finally {
            BlockingWait.await(vertx.close(), CLOSE_LIMIT);
        }
    }

    private List<String> copied(Database source, Database target, String from, String to) {
        long rows = BlockingWait.await(new DatabaseTransfer(source, target).run(), COPY_LIMIT);
        return List.of(
                "copied " + CountText.of(rows, "row") + " of all tables from " + from + " to " + to,
                "now let database.url or database.path name " + to + "; the key of the credentials stays the one in "
                        + (config.secrets().key() == null ? config.secrets().keyFile() : "secrets.key"));
    }

    /** SQLite would create a missing file. */
    private static void requireSource(String from) {
        if (!DatabaseUrl.isMeantBy(from) && !isFile(from)) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--from: found no file " + QuotedText.of(from) + ", expected a SQLite database or a URL");
        }
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Future<? extends Database> open(Vertx vertx, String option, String location) {
        if (!DatabaseUrl.isMeantBy(location)) {
            return SqliteDatabase.open(vertx, location, new ConfiguredCopies(config.backup(), InstantSource.system()));
        }
        DatabaseConfig.Server configured = config.database().server();
        if (configured == null) {
            throw new CliException(
                    ExitCode.USAGE,
                    option + ": found a URL while database.url is null, expected database.url, database.username and"
                            + " database.password in the configuration, whose login is used");
        }
        return PostgresDatabase.open(vertx, configured.at(url(option, location)));
    }

    private static DatabaseUrl url(String option, String location) {
        try {
            return DatabaseUrl.parse(location);
        } catch (InvalidSettingException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    option + ": found " + e.foundOr(QuotedText.of(location)) + ", expected " + e.expected());
        }
    }

    private interface Work {
        List<String> on(Database database);
    }

    private static List<String> withDatabase(Future<? extends Database> opening, Work work) {
        Database database = BlockingWait.await(opening, OPEN_LIMIT);
        try {
            return work.on(database);
        } finally {
            BlockingWait.await(database.close(), CLOSE_LIMIT);
        }
    }
}
