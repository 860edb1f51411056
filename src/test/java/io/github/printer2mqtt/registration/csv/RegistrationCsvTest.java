package io.github.printer2mqtt.registration.csv;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationFixture;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationCsvTest {
    private static final int PRINTERS = 300;
    private static final String NAME_CHARACTERS = "aB9 ,;\"'=+-@.\\üß漢\uD83D\uDE00";
    private static final List<String> DURATIONS = List.of("1s", "1500ms", "90s", "5m", "24h", "86399s");

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    @Test
    void exportHasEveryField() {
        Printer printer = fixture.add(RegistrationFixture.mk4()).printer();
        List<String> header = header();
        assertThat(header)
                .containsExactlyInAnyOrderElementsOf(paths("", RegistrationDocument.of(printer), new ArrayList<>()));
    }

    @Test
    void exportAndImportGiveTheSameRegistrations() {
        Random random = new Random(20261121);
        JsonArray rows = new JsonArray();
        for (int i = 0; i < PRINTERS; i++) {
            rows.add(registration(i, random, Setting.BY_CHANCE));
        }
        rows.add(registration(PRINTERS, random, Setting.ALL));
        rows.add(registration(PRINTERS + 1, random, Setting.NONE));
        assertRoundTrip(rows);
    }

    @Test
    void emptyListDiffersFromUnset() {
        JsonObject silent = registration(1, new Random(1), Setting.NONE)
                .put("alerts", new JsonObject().put("rules", new JsonArray()))
                .put("commands", new JsonObject().put("mqtt", new JsonArray()));
        assertRoundTrip(new JsonArray().add(silent).add(registration(2, new Random(2), Setting.NONE)));
        Printer kept = fixture.registrations.all().get(0).printer();
        assertThat(kept.alerts().rules()).isEmpty();
        assertThat(kept.mqttCommands()).isEmpty();
        Printer other = fixture.registrations.all().get(1).printer();
        assertThat(other.alerts().rules()).isNull();
        assertThat(other.mqttCommands()).isNull();
    }

    @Test
    void fileOfAnOlderReleaseIsAccepted() {
        RegistrationRows table = RegistrationCsv.read(
                "id,name,driver,address,group,tags,model,enabled,"
                        + "polling.timeout,polling.offline_after,tls.fingerprint\r\nold,Old,octoprint,192.0.2.1,,,,true,,,\r\n");
        assertThat(done(fixture.registrations.importAll(table.rows()))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "polling.timeout             | soon       | line 5, polling.timeout             | found \"soon\"",
                "polling.offline_after       | 0          | line 5, polling.offline_after       | found 0, expected a whole",
                "enabled                     | maybe      | line 5, enabled                     | expected true or false",
                "alerts.rules                | error;fire | line 5, alerts.rules[1]             | expected one of offline",
                "alerts.rules                | none;error | line 5, alerts.rules[0]             | expected one of offline",
                "alerts.offline.after        | 25h        | line 5, alerts.offline.after        | found \"25h\"",
                "alerts.temperature.deviation| 20.5       | line 5, alerts.temperature.deviation| expected a whole number",
                "alerts.temperature.bed_limit| 9999       | line 5, alerts.temperature.bed_limit| found 9999",
                "commands.mqtt               | explode    | line 5, commands.mqtt[0]            | expected one of pause",
                "tls.fingerprint             | ab         | line 5, tls.fingerprint             | sha256:",
                "username                    | canary     | line 5, password                    | found nothing",
                "id                          | first      | line 5, id                          | another printer already has"
            })
    void errorNamesLineAndColumn(String column, String cell, String field, String message) {
        boolean ids = column.equals("id");
        RegistrationRows table = RegistrationCsv.read("name,driver,address," + column + "\n"
                + "\"Fi\nrst\",octoprint,192.0.2.1,".replace("\n", ids ? "" : " ") + (ids ? "first" : "") + "\n"
                + "\n\n"
                + "Second,octoprint,192.0.2.2," + cell + "\n");
        Throwable refused = failure(fixture.registrations.importAll(table.rows()));
        assertThat(refused).isInstanceOf(RegistrationException.class);
        RegistrationException error = table.withOrigins((RegistrationException) refused);
        assertThat(error.field()).isEqualTo(field);
        assertThat(error.getMessage()).contains(message).doesNotContain("\n", "canary");
        assertThat(fixture.registrations.all()).isEmpty();
    }

    private void assertRoundTrip(JsonArray rows) {
        done(fixture.registrations.importAll(rows));
        List<Registration> before = fixture.registrations.all();
        assertThat(before).hasSize(rows.size());
        String table = RegistrationCsv.write(before);
        before.forEach(each -> done(fixture.registrations.remove(each.printer().id())));
        done(fixture.registrations.importAll(RegistrationCsv.read(table).rows()));
        assertThat(fixture.registrations.all()).isEqualTo(before);
        assertThat(RegistrationCsv.write(fixture.registrations.all())).isEqualTo(table);
    }

    private static List<String> header() {
        return List.of(RegistrationCsv.write(List.of()).strip().split(","));
    }

    private static List<String> paths(String prefix, JsonObject document, List<String> into) {
        document.forEach(field -> {
            if (field.getValue() instanceof JsonObject inner) {
                paths(prefix + field.getKey() + ".", inner, into);
            } else {
                into.add(prefix + field.getKey());
            }
        });
        return into;
    }

    /** Which of the optional fields are set. */
    private enum Setting {
        ALL,
        NONE,
        BY_CHANCE;

        boolean sets(Random random) {
            return this == ALL || (this == BY_CHANCE && random.nextBoolean());
        }
    }

    private static JsonObject registration(int number, Random random, Setting setting) {
        JsonObject registration = new JsonObject()
                .put("id", "printer-" + number)
                .put("name", name(random))
                .put("driver", one(List.of("prusalink", "octoprint", "moonraker"), random))
                .put("address", "https://10.1." + number / 200 + "." + (1 + number % 200) + ":8443/a-b");
        put(registration, "group", "shelf-" + random.nextInt(9), random, setting);
        put(
                registration,
                "tags",
                new JsonArray(List.of("-" + random.nextInt(9), "'=x", "pla, \"new\"")),
                random,
                setting);
        put(registration, "model", name(random), random, setting);
        put(registration, "enabled", random.nextBoolean(), random, setting);
        put(registration, "maintenance", name(random), random, setting);
        JsonObject monitoring = new JsonObject();
        put(monitoring, "timeout", one(List.of("250ms", "1s", "2500ms", "60s"), random), random, setting);
        put(monitoring, "offline_after", 1 + random.nextInt(100), random, setting);
        JsonObject temperature = new JsonObject();
        put(temperature, "after", one(DURATIONS, random), random, setting);
        put(temperature, "deviation", 2 + random.nextInt(199), random, setting);
        put(temperature, "nozzle_limit", 1 + random.nextInt(1000), random, setting);
        put(temperature, "bed_limit", 1 + random.nextInt(1000), random, setting);
        JsonObject alerts = new JsonObject().put("temperature", temperature);
        List<String> rules =
                Arrays.stream(AlertCode.values()).map(AlertCode::wireName).toList();
        put(alerts, "rules", some(rules, random), random, setting);
        for (String rule : List.of("offline", "stalled", "not_cleared")) {
            JsonObject after = new JsonObject();
            put(after, "after", one(DURATIONS, random), random, setting);
            alerts.put(rule, after);
        }
        JsonObject tls = new JsonObject();
        put(tls, "fingerprint", "sha256:" + "0f".repeat(32), random, setting);
        JsonObject commands = new JsonObject();
        List<String> verbs = Arrays.stream(Verb.values()).map(Verb::wireName).toList();
        put(commands, "mqtt", some(verbs, random), random, setting);
        return registration
                .put("polling", monitoring)
                .put("tls", tls)
                .put("alerts", alerts)
                .put("commands", commands);
    }

    private static void put(JsonObject object, String key, Object value, Random random, Setting setting) {
        if (setting.sets(random)) {
            object.put(key, value);
        }
    }

    private static String name(Random random) {
        int[] characters = NAME_CHARACTERS.codePoints().toArray();
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            name.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return name.toString().isBlank() ? "blank" : name.toString();
    }

    private static String one(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** A random subset. */
    private static JsonArray some(List<String> words, Random random) {
        List<String> shuffled = new ArrayList<>(words);
        Collections.shuffle(shuffled, random);
        return new JsonArray(List.copyOf(new TreeSet<>(shuffled.subList(0, random.nextInt(words.size() + 1)))));
    }
}
