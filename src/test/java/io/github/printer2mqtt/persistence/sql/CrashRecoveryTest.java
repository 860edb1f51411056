package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.sqlite.SqliteDatabase;
import io.github.printer2mqtt.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CrashRecoveryTest {
    private static final int ROUNDS = 8;
    private static final String OPEN = "opened";

    @TempDir
    private Path directory;

    @Test
    @Timeout(180)
    void losesNoAcknowledgedRegistration() throws Exception {
        Path file = directory.resolve("bridge.db");
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            int before = acknowledged.size();
            registerUntilKilled(file, round, acknowledged);
            assertThat(acknowledged.size()).as("registered in round %s", round).isGreaterThan(before);
        }

        Vertx vertx = Vertx.vertx();
        Database database = done(SqliteDatabase.open(vertx, file.toString()));
        assertThat(done(database.query("PRAGMA integrity_check", Tuple.tuple()))
                        .get(0)
                        .getString(0))
                .isEqualTo("ok");
        SqlPrinterRepository printers = new SqlPrinterRepository(vertx, database, TestDatabase.cipher());
        done(printers.load());
        Set<String> stored = new HashSet<>();
        printers.all().forEach(each -> {
            assertThat(each.hasCredentials()).as("complete: %s", each).isTrue();
            stored.add(each.printer().id().value());
        });
        assertThat(stored).containsAll(acknowledged);
        done(database.close());
        done(vertx.close());
    }

    private static void registerUntilKilled(Path file, int round, Set<String> acknowledged)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashRecoveryTest.class.getName(),
                        file.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = child.inputReader()) {
            int enough = 15 + 7 * round;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(OPEN)) {
                    assertLocked(file);
                } else {
                    acknowledged.add(line);
                    enough--;
                }
                if (enough == 0) {
                    child.toHandle().destroyForcibly(); // leaves the pipe open, unlike Process.destroyForcibly
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void assertLocked(Path file) {
        Vertx vertx = Vertx.vertx();
        assertThat(failure(SqliteDatabase.open(vertx, file.toString())))
                .hasMessage("database " + file + ": another printer2mqtt uses it; stop that one, or set database.path"
                        + " (PRINTER2MQTT_DATABASE_PATH) to another file");
        done(vertx.close());
    }

    /** The bridge to be killed: registers printers forever and prints each acknowledged id. */
    public static void main(String[] arguments) {
        String round = arguments[1];
        Vertx vertx = Vertx.vertx();
        Database database = done(SqliteDatabase.open(vertx, arguments[0]));
        SqlPrinterRepository printers = new SqlPrinterRepository(vertx, database, TestDatabase.cipher());
        done(printers.load());
        System.out.println(OPEN);
        Future<Void> before = Future.succeededFuture();
        for (int number = 0; true; number++) {
            PrinterId id = new PrinterId("p-" + round + "-" + number);
            Future<Void> now = printers.add(
                    SqlPrinterRepositoryTest.printer(id.value(), "h" + round + "-" + number),
                    Credentials.ofApiKey("key"));
            done(before);
            done(now.onSuccess(stored -> {
                System.out.println(id);
                System.out.flush();
            }));
            before = now;
        }
    }
}
