package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.backup.OfflineBackup;
import io.github.printer2mqtt.cli.RegistrationFormat;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.ReleasedDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they copy, restore or upgrade a database. {@code -Dbackup.rounds=50} tries more. */
@Timeout(900)
class KilledBackupTest {
    private static final int ROUNDS = Integer.getInteger("backup.rounds", 2);
    private static final long SEED = Long.getLong("backup.seed", System.nanoTime());
    private static final String LARGE_HISTORY =
            "INSERT INTO setting WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 20000)"
                    + " SELECT 'filler-' || x, hex(randomblob(200)) FROM c";

    private final Random random = new Random(SEED);

    @TempDir
    private Path folder;

    @Test
    void backupMadeDuringWritesIsRestoredWholeOnAnotherMachine() throws IOException {
        Path machine = Files.createDirectory(folder.resolve("machine"));
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Set<String>> atLeast = new ConcurrentHashMap<>();
            // Of two bridges, the second is killed after its first copy, however slow the machine is.
            boolean isAfterACopy = round % 2 == 1;
            try (ChildBridge bridge = ChildBridge.start(machine, configuration(machine))) {
                Thread writer = new Thread(new Imports(bridge.api(), "r" + round, acknowledged));
                int before = acknowledged.size();
                writer.start();
                Await.until("the first import", () -> acknowledged.size() > before);
                long delay = TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1200));
                Thread killer = new Thread(() -> killAfter(() -> !isAfterACopy || !atLeast.isEmpty(), delay, bridge));
                killer.start();
                backUpUntilKilled(bridge.api(), acknowledged, atLeast);
                join(killer);
                join(writer);
            }
            Path newest = newestCopy(machine);
            if (newest != null) {
                assertRestored(machine, newest, atLeast, round);
            }
        }
        assertThat(acknowledged).isNotEmpty();
        assertThat(newestCopy(machine)).as("seed %s", SEED).isNotNull();
    }

    @Test
    void killedRestoreLeavesTheOldOrTheRestoredDatabase() throws IOException {
        List<String> stages = List.of(".db.restore.part", ".db.restore", "before-restore.db.part", "before-restore.db");
        for (int round = 0; round < ROUNDS * 2; round++) {
            Path machine = Files.createDirectory(folder.resolve("restore-" + round));
            Path database = ReleasedDatabase.create(machine.resolve("printer2mqtt.db"), 5);
            ReleasedDatabase.execute(database, LARGE_HISTORY);
            Path copy = ReleasedDatabase.create(machine.resolve("copy.db"), 5);
            ReleasedDatabase.execute(copy, LARGE_HISTORY);
            List<Map<String, List<String>>> either =
                    List.of(ReleasedDatabase.content(database), ReleasedDatabase.content(copy));

            runAndKill(machine, stages.get(round % stages.size()), "restore", copy.toString());

            assertThat(either).contains(ReleasedDatabase.content(database));
            // The next process that opens it completes the restore.
            exported(RunningBridge.read(configuration(machine)));
            assertThat(machine.resolve("printer2mqtt.db.restore")).doesNotExist();
        }
    }

    @Test
    void killedUpgradeLeavesTheOldOrTheNewSchema() throws IOException {
        List<String> stages = List.of("before-V5.db.part", "before-V5.db");
        for (int round = 0; round < ROUNDS * 2; round++) {
            Path machine = Files.createDirectory(folder.resolve("upgrade-" + round));
            Path database = ReleasedDatabase.create(machine.resolve("printer2mqtt.db"), 1);
            ReleasedDatabase.execute(database, LARGE_HISTORY);
            List<String> settings = ReleasedDatabase.content(database).get("setting");

            runAndKill(machine, stages.get(round % stages.size()), "printers", "list");

            assertThat(ReleasedDatabase.version(database)).isIn(1, ReleasedDatabase.NEWEST);
            Set<String> lost = new HashSet<>(settings); // 20,000, too many to look for each in a list
            lost.removeAll(Set.copyOf(ReleasedDatabase.content(database).get("setting")));
            assertThat(lost).isEmpty();
            assertThat(exported(RunningBridge.read(configuration(machine)))).hasSize(2);
            assertThat(ReleasedDatabase.version(database)).isEqualTo(ReleasedDatabase.NEWEST);
        }
    }

    /** Registers three printers in one transaction, again and again, until the bridge is killed. */
    private record Imports(HttpApi api, String round, Set<String> acknowledged) implements Runnable {
        @Override
        public void run() {
            for (int number = 0; true; number++) {
                String group = round + "-" + number;
                JsonArray rows = new JsonArray();
                for (String each : List.of("a", "b", "c")) {
                    rows.add(new JsonObject()
                            .put("id", group + "-" + each)
                            .put("name", group)
                            .put("driver", "octoprint")
                            .put("address", "http://127.0.0.1:9/" + group + each)
                            .put("enabled", false)
                            .put("credentials", new JsonObject().put("api_key", "key-of-" + group)));
                }
                try {
                    int status = api.post("/api/printers/import", new JsonObject().put("printers", rows))
                            .statusCode();
                    if (status / 100 != 2) {
                        throw new AssertionError("import: " + status);
                    }
                } catch (AssertionError e) {
                    expectKilled(e);
                    return;
                }
                acknowledged.add(group);
            }
        }
    }

    private static void backUpUntilKilled(HttpApi api, Set<String> acknowledged, Map<String, Set<String>> atLeast) {
        while (true) {
            Set<String> before = Set.copyOf(acknowledged);
            try {
                JsonObject backup = HttpApi.json(api.post("/api/backup", new JsonObject()), 201);
                atLeast.put(backup.getString("name"), before);
            } catch (AssertionError e) {
                expectKilled(e);
                return;
            }
        }
    }

    private static void expectKilled(AssertionError failure) {
        if (!(failure.getCause() instanceof IOException)) {
            throw failure;
        }
    }

    private void assertRestored(Path machine, Path copy, Map<String, Set<String>> atLeast, int round)
            throws IOException {
        Path other = Files.createDirectory(folder.resolve("other-" + round));
        Files.copy(machine.resolve("printer2mqtt.db.key"), other.resolve("printer2mqtt.db.key"));
        BridgeConfig config = RunningBridge.read(configuration(other));

        new OfflineBackup(config, InstantSource.system()).restore(copy);

        Map<String, Integer> printersOfGroup = new HashMap<>();
        Set<JsonObject> printers = exported(config);
        printers.forEach(printer -> printersOfGroup.merge(printer.getString("name"), 1, Integer::sum));
        assertThat(ReleasedDatabase.content(other.resolve("printer2mqtt.db")).get("credentials"))
                .hasSameSizeAs(printers);
        assertThat(printersOfGroup.values()).as("seed %s", SEED).allMatch(count -> count == 3);
        Set<String> expected =
                atLeast.getOrDefault(Objects.requireNonNull(copy.getFileName()).toString(), Set.of());
        assertThat(printersOfGroup.keySet()).as("seed %s", SEED).containsAll(expected);
    }

    /** Opens the database as a command does, which needs its key. */
    private static Set<JsonObject> exported(BridgeConfig config) {
        try (DatabasePrinterAdmin printers = DatabasePrinterAdmin.open(config)) {
            Set<JsonObject> all = new HashSet<>();
            new JsonObject(printers.export(RegistrationFormat.JSON))
                    .getJsonArray("printers")
                    .forEach(each -> all.add((JsonObject) each));
            return all;
        }
    }

    /** Runs a command in a process and kills it soon after a file exists. */
    private void runAndKill(Path machine, String stage, String... command) throws IOException {
        Process process = ChildBridge.command(machine, configuration(machine), command);
        while (process.isAlive() && !exists(machine, stage)) {
            LockSupport.parkNanos(200_000);
        }
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(30_000));
        while (process.isAlive() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().onExit().join();
    }

    private static boolean exists(Path machine, String end) throws IOException {
        try (Stream<Path> files = Files.walk(machine, 2)) {
            return files.anyMatch(file -> file.toString().endsWith(end));
        } catch (UncheckedIOException renamed) {
            return false;
        }
    }

    private static @Nullable Path newestCopy(Path machine) throws IOException {
        Path backups = machine.resolve("backups");
        if (Files.notExists(backups)) {
            return null;
        }
        try (Stream<Path> files = Files.list(backups)) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .sorted()
                    .reduce(null, (one, next) -> next);
        }
    }

    /** Nothing here needs a broker. */
    private static JsonObject configuration(Path machine) {
        return RunningBridge.configuration(machine, Ports.free());
    }

    private static void killAfter(BooleanSupplier condition, long nanos, ChildBridge bridge) {
        Await.until("the bridge may be killed", condition);
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        bridge.kill();
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        assertThat(thread.isAlive()).isFalse();
    }
}
