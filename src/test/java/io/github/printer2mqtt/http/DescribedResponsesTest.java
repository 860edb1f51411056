package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.backup.BackupException;
import io.github.printer2mqtt.command.CommandException;
import io.github.printer2mqtt.http.security.RequestBodies;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.notification.NotificationService.TestResult;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.picture.PictureException;
import io.github.printer2mqtt.registration.RegistrationException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.Yaml;

/** Compares the responses of the running server with openapi.yaml. */
class DescribedResponsesTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    private final ApiDescription description =
            new ApiDescription(api.get("/openapi.yaml").body());
    private final Set<String> checkedRoutes = new TreeSet<>();

    @BeforeEach
    void registerPrinters() {
        api.fleet.register("a", "shelf-1", "pla").register("b", null).register("c", null);
        api.fleet
                .record("a", SmallFleet.reading(PrinterState.PRINTING))
                .record("a", SmallFleet.reading(PrinterState.FINISHED))
                .record("a", SmallFleet.reading(PrinterState.PRINTING));
        api.fleet.record("b", PollFailure.of(FailureReason.AUTH));
        api.alerts.add(new Alert(
                new PrinterId("a"),
                AlertCode.OFFLINE,
                Alert.Severity.WARNING,
                "no answer for 5 minutes",
                Instant.EPOCH));
        api.metricsRegistry.addHealthCheck("broker", () -> Health.degraded("away"));
    }

    @Test
    void everyResponseMatchesItsDescription() {
        String mk4 = "{\"name\":\"MK4 left\",\"credentials\":{\"api_key\":\"x\"}}";
        check("GET", "/", null);
        check("GET", "/wall", null);
        String asset = DashboardTest.nameOfScript();
        checkAt("GET", "/assets/{name}", "/assets/" + asset, null);
        checkAt("GET", "/assets/{name}", "/assets/nothing.js", null);
        check("GET", "/openapi.yaml", null);
        check("GET", "/metrics", null);
        check("GET", "/api/support", null);
        check("GET", "/health/live", null);
        check("GET", "/health/ready", null);
        checkBackups();
        check("GET", "/api/printers", null);
        check("GET", "/api/printers", "?state=nonsense", null);
        check("POST", "/api/printers", mk4);
        check("POST", "/api/printers", mk4);
        check("POST", "/api/printers", "{}");
        check("POST", "/api/printers", "{");
        check("POST", "/api/printers", "{\"name\":\"" + "x".repeat(RequestBodies.MAX_BODY) + "\"}");
        check("POST", "/api/printers/probe", "{\"address\":\"192.0.2.20\"}");
        check("POST", "/api/discovery", "{}");
        check("POST", "/api/discovery", "{");
        check("POST", "/api/printers/import", "[" + mk4 + "]");
        check("POST", "/api/printers/import/preview", "[" + mk4 + "]");
        check("GET", "/api/printers/export", null);
        check("GET", "/api/printers/export", "?format=csv", null);
        checkAt("GET", "/api/printers/{id}", "/api/printers/a", null);
        checkAt("GET", "/api/printers/{id}", "/api/printers/b", null);
        checkAt("GET", "/api/printers/{id}", "/api/printers/c", null);
        checkAt("GET", "/api/printers/{id}", "/api/printers/nobody", null);
        checkAt("GET", "/api/printers/{id}/polls", "/api/printers/a/polls", null);
        checkAt("GET", "/api/printers/{id}/temperatures", "/api/printers/a/temperatures", null);
        checkAt("GET", "/api/printers/{id}/temperatures", "/api/printers/nobody/temperatures", null);
        checkAt("GET", "/api/printers/{id}/thumbnail", "/api/printers/a/thumbnail", null);
        checkAt("GET", "/api/printers/{id}/snapshot", "/api/printers/a/snapshot", null);
        for (PictureException.Code code : PictureException.Code.values()) {
            api.pictures.failure = new PictureException(code, "why");
            checkAt("GET", "/api/printers/{id}/thumbnail", "/api/printers/a/thumbnail", null);
            checkAt("GET", "/api/printers/{id}/snapshot", "/api/printers/a/snapshot", null);
        }
        checkAt("GET", "/api/printers/{id}/registration", "/api/printers/mk4-left/registration", null);
        checkAt("GET", "/api/printers/{id}/registration", "/api/printers/nobody/registration", null);
        String diagnosis = "/api/printers/{id}/diagnosis";
        checkAt("GET", diagnosis, "/api/printers/mk4-left/diagnosis", null);
        checkAt("GET", diagnosis, "/api/printers/nobody/diagnosis", null);
        api.failingDiagnoses.failure =
                new RegistrationException(RegistrationException.Code.BUSY, null, "4 are running");
        checkAt("GET", diagnosis, "/api/printers/mk4-left/diagnosis", null);
        checkAt("PATCH", "/api/printers/{id}", "/api/printers/mk4-left", "{\"group\":null}");
        checkAt("DELETE", "/api/printers/{id}", "/api/printers/mk4-left", null);
        checkAt("DELETE", "/api/printers/{id}", "/api/printers/mk4-left", null);
        String commands = "/api/printers/{id}/commands/{verb}";
        checkAt("POST", commands, "/api/printers/a/commands/pause", null);
        checkAt("POST", commands, "/api/printers/a/commands/explode", null);
        checkAt("POST", commands, "/api/printers/a/commands/pause", "{\"at\":1}");
        for (CommandException.Code code : CommandException.Code.values()) {
            api.commands.failure = new CommandException(code, "because");
            checkAt("POST", commands, "/api/printers/a/commands/pause", null);
        }
        check("GET", "/api/nodes", null);
        check("GET", "/api/sites", null);
        checkAt("GET", "/api/sites/{site}/printers/{id}", "/api/sites/north/printers/a", null);
        String forwarded = "/api/sites/{site}/printers/{id}/commands/{verb}";
        checkAt("POST", forwarded, "/api/sites/north/printers/a/commands/pause", null);
        check("GET", "/api/stream", "?state=nonsense", null);
        check("GET", "/api/wall", "?state=printing", null);
        check("GET", "/api/alerts", null);
        check("POST", "/api/alerts/acknowledge", "{\"id\":\"a\",\"code\":\"offline\"}");
        check("POST", "/api/alerts/acknowledge", "{\"id\":\"a\",\"code\":\"offline\"}");
        check("POST", "/api/alerts/acknowledge", "{}");
        check("GET", "/api/notifications", null);
        check("GET", "/api/health", null);
        check("POST", "/api/notifications/test", null);
        api.notifications.results = List.of(new TestResult("ntfy", false, "no answer"));
        check("POST", "/api/notifications/test", null);
        check("GET", "/api/history", null);
        check("GET", "/api/history", "?kind=states", null);
        check("GET", "/api/history", "?format=csv", null);
        check("GET", "/api/history", "?result=melted", null);
        check("GET", "/api/statistics", null);
        check("GET", "/api/statistics", "?from=2020-01-01", null);
        api.history.failure = new DatabaseException(DatabaseException.Kind.DAMAGED, "the file is damaged");
        check("GET", "/api/history", null);
        check("GET", "/api/finish.ics", null);
        check("GET", "/api/log", null);
        check("PUT", "/api/log", "{\"level\":\"warn\",\"packages\":{\"mqtt\":\"debug\"}}");
        check("PUT", "/api/log", "{\"level\":\"loud\"}");
        check("PUT", "/api/log", "{");
        api.registryLoaded.set(false);
        check("GET", "/api/printers", null);
        check("GET", "/api/stream", null);
        check("GET", "/health/ready", null);
        checkAccess();

        assertThat(checkedRoutes).as("checked routes").isEqualTo(description.operations());
    }

    private void checkAccess() {
        check("GET", "/api/session", null);
        String anna = "{\"name\":\"anna\",\"role\":\"admin\",\"password\":\"correct horse\"}";
        check("POST", "/api/setup", "{\"code\":\"x\",\"user\":\"anna\",\"password\":\"correct horse\"}");
        check("POST", "/api/setup", "{\"code\":1}");
        check("POST", "/api/login", "{\"user\":\"anna\",\"password\":\"correct horse\"}");
        check("POST", "/api/login", "{");
        check("POST", "/api/login", "{\"user\":\"" + "x".repeat(9000) + "\"}");
        check("POST", "/api/password", "{\"current_password\":\"x\",\"password\":\"correct horse\"}");
        check("POST", "/api/password", "{");
        check("POST", "/api/logout", null);
        check("GET", "/api/users", null);
        check("POST", "/api/tokens", "{\"name\":\"Grafana\",\"scopes\":[\"read\"],\"expires_at\":null}");
        check("POST", "/api/tokens", "{\"name\":\"Grafana\",\"scopes\":[\"fly\"]}");
        check("GET", "/api/tokens", null);
        String token = new JsonObject(api.get("/api/tokens").body())
                .getJsonArray("tokens")
                .getJsonObject(0)
                .getString("id");
        checkAt("DELETE", "/api/tokens/{id}", "/api/tokens/" + token, null);
        checkAt("DELETE", "/api/tokens/{id}", "/api/tokens/" + token, null);
        checkAt("PATCH", "/api/users/{name}", "/api/users/anna", "{\"role\":\"viewer\"}");
        checkAt("DELETE", "/api/users/{name}", "/api/users/anna", null);
        check("GET", "/api/audit", null);
        check("GET", "/api/audit", "?limit=0", null);
        check("POST", "/api/users", "{\"name\":\"anna\",\"role\":\"viewer\",\"password\":\"correct horse\"}");
        // From now on this machine has no access any more.
        check("POST", "/api/users", anna);
        check("POST", "/api/users", anna);
        check("GET", "/api/session", null);
        check("POST", "/api/login", "{\"user\":\"anna\",\"password\":\"correct horse\"}");
    }

    private void checkBackups() {
        String file = "/api/backup/{name}";
        String name = InMemoryBackups.BACKUP.name();
        String named = "{\"name\":\"" + name + "\"}";
        checkAt("GET", file, "/api/backup/" + name, null);
        checkAt("GET", file, "/api/backup/x.db", null);
        check("GET", "/api/backup", null);
        check("POST", "/api/backup", null);
        check("POST", "/api/restore", named);
        check("POST", "/api/restore", "{}");
        check("DELETE", "/api/restore", null);
        for (BackupException.Code code : BackupException.Code.values()) {
            api.backups.failure = InMemoryBackups.failure(code);
            check("POST", "/api/restore", named);
        }
        for (BackupException.Code code :
                List.of(BackupException.Code.BACKUP_RUNNING, BackupException.Code.BACKUP_FAILED)) {
            api.backups.failure = InMemoryBackups.failure(code);
            check("POST", "/api/backup", null);
            check("DELETE", "/api/restore", null);
        }
        check("GET", "/api/backup", null);
    }

    private void check(String method, String path, @Nullable String body) {
        checkAt(method, path, path, body);
    }

    private void check(String method, String path, String query, @Nullable String body) {
        checkAt(method, path, path + query, body);
    }

    private void checkAt(String method, String template, String path, @Nullable String body) {
        HttpResponse<String> response = api.send(method, path, body);
        String type = response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        // JSON is YAML, so one reader gives plain maps for both.
        Object document = type.endsWith("json") ? new Yaml().load(response.body()) : null;
        List<String> faults =
                new ArrayList<>(description.faults(method, template, response.statusCode(), type, document));
        assertThat(faults).as(method + " " + path + " " + response.statusCode()).isEmpty();
        assertThat(response.body().getBytes(StandardCharsets.UTF_8).length == 0)
                .as("an empty body")
                .isEqualTo(response.statusCode() == 204);
        checkedRoutes.add(method + " " + template);
    }
}
