package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.ReleasedDatabase;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores of a running bridge, over HTTP and MQTT. */
@Timeout(60)
class BackupServiceTest {
    private static final String LAST_BACKUP = "printer2mqtt_backup_last_success_timestamp_seconds ";
    private static final String FAILED_BACKUPS = "printer2mqtt_backup_failures_total ";

    @TempDir
    private Path folder;

    private JsonObject configuration = new JsonObject();

    @BeforeEach
    void configure() {
        configuration = RunningBridge.configuration(folder);
    }

    @Test
    void backupIsMadeListedAndDownloaded() throws Exception {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge, "first");

            JsonObject backup = HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 201);

            assertThat(overview(bridge))
                    .isEqualTo(new JsonObject()
                            .put("backups", new JsonArray().add(backup))
                            .put("restore_prepared", false));
            assertThat(backup.getString("kind")).isEqualTo("request");
            Path downloaded = folder.resolve("downloaded.db");
            HttpResponse<Path> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridge.httpPort() + "/api/backup/"
                                            + backup.getString("name")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofFile(downloaded));
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.sqlite3");
            assertThat(Files.size(downloaded)).isEqualTo(backup.getLong("size"));
            assertThat(ReleasedDatabase.content(downloaded).get("printer"))
                    .singleElement()
                    .asString()
                    .contains("id=first");
            assertThat(bridge.api().get("/api/backup/..%2Fprinter2mqtt.db").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void metricsSayWhenTheNewestBackupWasMadeAndHowManyFailed() throws IOException {
        String newest;
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(metrics(bridge)).noneMatch(line -> line.startsWith(LAST_BACKUP));
            JsonObject backup = HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 201);
            newest = LAST_BACKUP
                    + (double) Instant.parse(backup.getString("created_at")).getEpochSecond();
            assertThat(metrics(bridge)).contains(newest, FAILED_BACKUPS + "0.0");
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            // The copies are listed after the start.
            Await.until("the copy of the run before", () -> metrics(bridge).contains(newest));
            Path backups = folder.resolve("backups");
            Files.move(backups, folder.resolve("moved"));
            Files.writeString(backups, "a file where the folder should be");
            HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 503);

            assertThat(metrics(bridge)).contains(newest, FAILED_BACKUPS + "1.0");
        }
    }

    private static List<String> metrics(RunningBridge bridge) {
        return bridge.api().get("/metrics").body().lines().toList();
    }

    @Test
    void preparedRestoreIsCompletedByTheNextStart() {
        String name;
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            register(bridge, "first");
            name = HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 201)
                    .getString("name");
            register(bridge, "second");
            HttpApi.json(bridge.api().post("/api/restore", new JsonObject().put("name", name)), 202);
            assertThat(bridge.api().delete("/api/restore").statusCode()).isEqualTo(204);
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(printers(bridge)).containsExactly("first", "second");
            JsonObject prepared =
                    HttpApi.json(bridge.api().post("/api/restore", new JsonObject().put("name", name)), 202);
            assertThat(prepared.getBoolean("restart_needed")).isTrue();
            assertThat(overview(bridge).getBoolean("restore_prepared")).isTrue();
            register(bridge, "third");
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(printers(bridge)).containsExactly("first");
            assertThat(overview(bridge).getBoolean("restore_prepared")).isFalse();
            JsonObject kept = overview(bridge).getJsonArray("backups").getJsonObject(0);
            assertThat(kept.getString("kind")).isEqualTo("before_restore");
            assertThat(ReleasedDatabase.content(folder.resolve("backups").resolve(kept.getString("name")))
                            .get("printer"))
                    .hasSize(3);
        }
    }

    @Test
    void damagedBackupIsRefusedAndBackupsOnAFullOrMissingFolderFail() throws IOException {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            String name = HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 201)
                    .getString("name");
            Path file = folder.resolve("backups").resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, 9000));

            assertThat(HttpApi.json(bridge.api().post("/api/restore", new JsonObject().put("name", name)), 409)
                            .getString("code"))
                    .isEqualTo("restore_refused");
            assertThat(overview(bridge).getBoolean("restore_prepared")).isFalse();

            Files.delete(file);
            Files.delete(folder.resolve("backups"));
            Files.writeString(folder.resolve("backups"), "a file where the folder should be");
            assertThat(HttpApi.json(bridge.api().post("/api/backup", new JsonObject()), 503)
                            .getString("detail"))
                    .startsWith("backup.folder: " + folder.resolve("backups"));
        }
    }

    @Test
    void mqttClientsMakeAndRestoreBackupsIfTheyMay() {
        try (RunningBridge bridge = RunningBridge.start(configuration);
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            assertThat(request(bridge, user, "backup", new JsonObject()).encode())
                    .contains("not_allowed");
            assertThat(request(bridge, user, "restore", new JsonObject().put("name", "x"))
                            .encode())
                    .contains("not_allowed");
        }
        configuration.put(
                "commands", new JsonObject().put("mqtt_requests", new JsonArray(List.of("backup", "restore"))));
        try (RunningBridge bridge = RunningBridge.start(configuration);
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            String name = request(bridge, user, "backup", new JsonObject())
                    .getJsonObject("data")
                    .getString("name");
            assertThat(folder.resolve("backups").resolve(name)).exists();
            register(bridge, "first");
            assertThat(request(bridge, user, "restore", new JsonObject().put("name", "x.db"))
                            .encode())
                    .contains("backup_not_found");
            assertThat(request(bridge, user, "restore", new JsonObject().put("name", name))
                            .getString("status"))
                    .isEqualTo("ok");
            assertThat(bridge.api().get("/api/audit").body())
                    .contains("\"bridge/request/backup\"")
                    .contains("\"bridge/request/restore\"");
        }
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            assertThat(printers(bridge)).isEmpty();
        }
    }

    private static JsonObject request(RunningBridge bridge, TestSubscriber user, String verb, JsonObject arguments) {
        String transaction = verb + arguments.encode().hashCode();
        user.publish(
                bridge.topic("bridge/request/" + verb),
                arguments.copy().put("transaction", transaction).encode(),
                false);
        return user.await(
                        bridge.topic("bridge/response/" + verb),
                        heard -> heard.text().contains(transaction))
                .json();
    }

    private static void register(RunningBridge bridge, String id) {
        bridge.api()
                .register(new JsonObject()
                        .put("id", id)
                        .put("name", id)
                        .put("driver", "octoprint")
                        .put("address", "http://127.0.0.1:9/" + id));
    }

    private static List<String> printers(RunningBridge bridge) {
        return HttpApi.json(bridge.api().get("/api/printers/export"), 200).getJsonArray("printers").stream()
                .map(each -> ((JsonObject) each).getString("id"))
                .toList();
    }

    private static JsonObject overview(RunningBridge bridge) {
        return HttpApi.json(bridge.api().get("/api/backup"), 200);
    }
}
