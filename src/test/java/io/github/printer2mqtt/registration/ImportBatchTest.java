package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.csv.RegistrationCsv;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportBatchTest {
    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    @Test
    void rowsAreRegisteredInOrder() {
        fixture.network.drivers.put("http://192.0.2.3:7125", List.of("moonraker"));
        fixture.add(mk4().put("address", "192.0.2.1"));
        List<Registration> imported = done(fixture.registrations.importAll(new JsonArray()
                .add(mk4().put("address", "192.0.2.2"))
                .add(mk4().put("address", "192.0.2.3").put("driver", "auto"))
                .add(mk4().put("address", "192.0.2.4").put("id", "mk4-left-2"))));
        assertThat(imported)
                .map(each -> each.printer().id().value())
                .as("an explicit id is not given to another row")
                .containsExactly("mk4-left-3", "mk4-left-4", "mk4-left-2");
        assertThat(imported.get(1).printer().driver()).isEqualTo("moonraker");
        assertThat(fixture.registrations.all()).hasSize(4);
        assertThat(fixture.monitoring.monitored).hasSize(4);
        assertThat(done(fixture.registrations.importAll(new JsonArray()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"id\":\"taken\"}', DUPLICATE_ID, [1].id",
        "'{\"id\":\"first\"}', DUPLICATE_ID, [1].id",
        "'{\"address\":\"192.0.2.1\"}', DUPLICATE_ADDRESS, [1].address",
        "'{\"address\":\"192.0.2.2:80/\"}', DUPLICATE_ADDRESS, [1].address",
        "'{\"address\":\"127.0.0.1\"}', ADDRESS_REFUSED, [1].address",
        "'{\"driver\":\"auto\"}', DRIVER_NOT_DETECTED, [1].address",
        "'{\"driver\":\"none\"}', INVALID_FIELD, [1].driver",
        "'{\"polling\":{\"timeout\":\"1\"}}', INVALID_FIELD, [1].polling.timeout"
    })
    void oneInvalidRowRegistersNothing(String wrong, Code code, String field) {
        fixture.add(mk4().put("address", "192.0.2.1").put("id", "taken"));
        JsonArray rows = new JsonArray()
                .add(mk4().put("address", "192.0.2.2").put("id", "first"))
                .add(mk4().put("address", "192.0.2.3").mergeIn(new JsonObject(wrong)))
                .add(mk4().put("address", "192.0.2.4"));
        assertThat(error(fixture.registrations.importAll(rows), code).field()).isEqualTo(field);
        assertThat(fixture.registrations.all()).hasSize(1);
        assertThat(fixture.monitoring.monitored).hasSize(1);
    }

    @Test
    void rowThatIsNoObjectIsRefused() {
        assertThat(error(
                                fixture.registrations.importAll(
                                        new JsonArray().add(mk4()).add("x")),
                                Code.INVALID_FIELD)
                        .field())
                .isEqualTo("[1]");
    }

    /** 93 */
    @Test
    void tenThousandRowsAreTheLimit() {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < 10_000; i++) {
            rows.add(mk4().put("address", "10.0." + i / 250 + "." + (1 + i % 250)));
        }
        assertThat(done(fixture.registrations.importAll(rows))).hasSize(10_000);
        assertThat(fixture.repository.find(new PrinterId("mk4-left-10000"))).isNotNull();
        rows.add(mk4());
        assertThat(error(fixture.registrations.importAll(rows), Code.INVALID_FIELD))
                .hasMessage("found 10001 rows, expected at most 10000; split the import");
    }

    /** 81: a spreadsheet takes no cell for a formula. */
    @Test
    void exportedTableIsImportedUnchanged() {
        String name = "=cmd|'/C calc'!A0, \"quoted\"";
        fixture.add(mk4().put("name", name)
                .put("tags", new JsonArray().add("pla").add("-big"))
                .put("group", "shelf-a")
                .put("polling", new JsonObject().put("timeout", "3s").put("offline_after", 4))
                .put("tls", new JsonObject().put("fingerprint", "sha256:" + "ab".repeat(32)))
                .put("credentials", new JsonObject().put("api_key", "canary")));
        fixture.add(mk4().put("name", "'=twice").put("address", "192.0.2.9").put("enabled", false));
        List<Registration> before = fixture.registrations.all();
        String table = RegistrationCsv.write(before);
        assertThat(table).contains("\"'=cmd|'/C calc'!A0, \"\"quoted\"\"\"").doesNotContain("canary");
        before.forEach(each -> done(fixture.registrations.remove(each.printer().id())));
        done(fixture.registrations.importAll(RegistrationCsv.read(table).rows()));
        assertThat(fixture.registrations.all())
                .map(Registration::printer)
                .containsExactlyElementsOf(
                        before.stream().map(Registration::printer).toList());
    }

    @Test
    void tableOfASpreadsheetIsImported() {
        JsonArray broken = RegistrationCsv.read(table("name,driver,address", "\"Left,\r\nnot\",prusalink,192.0.2.1"))
                .rows();
        assertThat(error(fixture.registrations.importAll(broken), Code.INVALID_FIELD)
                        .field())
                .isEqualTo("[0].name");
        JsonArray rows = RegistrationCsv.read(table(
                        "name,driver,address,api_key,username,password,tags",
                        "Left,prusalink,192.0.2.1,key,,,pla; big;",
                        "",
                        "Right,octoprint,192.0.2.2,,maker,\"pa\"\"ss,\",",
                        "Short,octoprint,192.0.2.3"))
                .rows();
        done(fixture.registrations.importAll(rows));
        assertThat(fixture.registrations.all()).hasSize(3);
        assertThat(fixture.registrations.all().get(0).printer().tags()).containsExactly("pla", "big");
        assertThat(fixture.repository.credentials(new PrinterId("left"))).isEqualTo(Credentials.ofApiKey("key"));
        assertThat(fixture.repository.credentials(new PrinterId("right")))
                .isEqualTo(Credentials.ofLogin("maker", "pa\"ss,"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,driver,address,tags/A,octoprint,192.0.2.1,x/,,,/,,,",
                "name,driver,address,tags/,,,/A,octoprint,192.0.2.1,x",
                "name,driver,address,tags,,/A,octoprint,192.0.2.1,x,,",
                "name,driver,address,tags/A,octoprint,192.0.2.1,x,,,",
                "name,driver,address,tags/ , , , /A,octoprint,192.0.2.1,x",
                ",,,/name,,driver,address,tags/A,,octoprint,192.0.2.1,x",
                "name;driver;address;tags/A;octoprint;192.0.2.1;\"x\";",
                "sep=;/name;driver;address;tags/A;octoprint;192.0.2.1;x",
                "name\tdriver\taddress\ttags/A\toctoprint\t192.0.2.1\tx"
            })
    void spreadsheetVariantsAreRead(String lines) {
        RegistrationRows table = RegistrationCsv.read(table(lines.split("/")));
        List<Registration> imported = done(fixture.registrations.importAll(table.rows()));
        assertThat(imported).singleElement().satisfies(each -> {
            assertThat(each.printer().name()).isEqualTo("A");
            assertThat(each.printer().tags()).containsExactly("x");
        });
    }

    @Test
    void listsAreKeptInAFileWithSemicolons() {
        RegistrationRows table =
                RegistrationCsv.read("name;driver;address;tags\nA;octoprint;192.0.2.1;\"pla;big, red\"\n");
        assertThat(done(fixture.registrations.importAll(table.rows()))
                        .get(0)
                        .printer()
                        .tags())
                .containsExactly("pla", "big, red");
    }

    @Test
    void everyInvalidLineIsReported() {
        RegistrationRows table = RegistrationCsv.read(table(
                "name,driver,address,group",
                "A,octoprint,192.0.2.1,Shelf A",
                "B,octoprint,192.0.2.2,",
                ",,,",
                "C,octoprint,,"));
        RegistrationException forms =
                table.withOrigins(error(fixture.registrations.importAll(table.rows()), Code.INVALID_FIELD));
        assertThat(forms.field()).isEqualTo("line 2, group");
        assertThat(forms.all()).map(RegistrationException::field).containsExactly("line 2, group", "line 5, address");

        RegistrationRows drivers = RegistrationCsv.read(
                table("name,driver,address", "A,nope,192.0.2.1", "B,octoprint,192.0.2.2", "C,none,192.0.2.3"));
        assertThat(drivers.withOrigins(error(fixture.registrations.importAll(drivers.rows()), Code.INVALID_FIELD))
                        .all())
                .map(RegistrationException::field)
                .containsExactly("line 2, driver", "line 4, driver");

        RegistrationRows same = RegistrationCsv.read(table(
                "name,driver,address", "A,octoprint,192.0.2.1", "B,octoprint,192.0.2.1", "C,octoprint,192.0.2.1"));
        assertThat(same.withOrigins(error(fixture.registrations.importAll(same.rows()), Code.DUPLICATE_ADDRESS))
                        .all())
                .map(RegistrationException::field)
                .containsExactly("line 3, address", "line 4, address");

        assertThatThrownBy(() -> RegistrationCsv.read("name,,driver\nA,canary,b\nA,,b\nA,,b,c\n"))
                .isInstanceOfSatisfying(
                        RegistrationException.class,
                        error -> assertThat(error.all())
                                .map(one -> one.field() + " " + one.getMessage())
                                .containsExactly(
                                        "line 2 found a value in column 2, which has no name in the header; name the column or empty the cell",
                                        "line 4 found 4 cells, expected at most 3 as in the header"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,adress\\nx,y|line 1|unknown name in column 2 (did you mean address?)",
                "name,name\\nx,y|line 1|found the column name twice",
                "name,driver\\nx,y\\n\\na,b,canary|line 4|found 3 cells, expected at most 2",
                "name,driver\\nx,\"canary|line 2|never closed",
                "name,driver\\nx,\"canary\"z|line 2|text after a closing quote",
                "name,driver\\nx,y\\n\"a\\n\",\"|line 3|never closed",
                "canary,canary\\n|line 1|unknown name in column 1"
            })
    void errorNamesTheLine(String table, String line, String message) {
        assertThatThrownBy(() -> RegistrationCsv.read(table.replace("\\n", "\n")))
                .isInstanceOfSatisfying(RegistrationException.class, error -> {
                    assertThat(error.field()).isEqualTo(line);
                    assertThat(error).hasMessageContaining(message).hasMessageNotContaining("canary");
                });
    }

    @Test
    void rowThatIsFarTooLongIsReported() {
        assertThatThrownBy(() -> RegistrationCsv.read("name,driver\nx,y\n" + "x,".repeat(20_000)))
                .isInstanceOfSatisfying(
                        RegistrationException.class,
                        error -> assertThat(error.field()).isEqualTo("line 3"))
                .hasMessageContaining("found 20000 cells");
    }

    private static String table(String... lines) {
        return "\uFEFF" + String.join("\r\n", lines);
    }
}
