package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports and exports of registrations over HTTP. */
class RegistrationTransferRoutesTest {
    private static final String MK4 = "{\"name\":\"MK4 left\",\"driver\":\"prusalink\",\"address\":\"192.0.2.20\","
            + "\"credentials\":{\"api_key\":\"canary-4711\"}}";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void exportCanBeImported() {
        api.send("POST", "/api/printers", MK4);
        HttpResponse<String> exported = api.get("/api/printers/export");
        assertThat(exported.body())
                .isEqualTo("{\"printers\":[{\"id\":\"mk4-left\",\"name\":\"MK4 left\",\"driver\":\"prusalink\","
                        + "\"address\":\"http://192.0.2.20:80\",\"group\":null,\"tags\":[\"pla\"],\"model\":null,"
                        + "\"enabled\":true,\"maintenance\":null,\"polling\":{\"timeout\":\"3s\",\"offline_after\":null},"
                        + "\"tls\":{\"fingerprint\":null},"
                        + "\"alerts\":{\"rules\":null,\"offline\":{\"after\":null},\"stalled\":{\"after\":null},"
                        + "\"temperature\":{\"after\":null,\"deviation\":null,\"nozzle_limit\":null,"
                        + "\"bed_limit\":null},\"not_cleared\":{\"after\":null}},\"commands\":{\"mqtt\":null}}]}");

        HttpResponse<String> imported = api.send("POST", "/api/printers/import", exported.body());
        assertThat(imported.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(imported.body()).getInteger("imported")).isEqualTo(1);
        JsonArray rows = new JsonObject(exported.body()).getJsonArray("printers");
        assertThat(api.registrations.requests).endsWith(rows);
        assertThat(api.send("POST", "/api/printers/import", rows.encode()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void invalidImportIsRejected() {
        for (String body : List.of("{}", "{\"printers\":{}}", "3", "{\"printers\":[],\"more\":1}", "null")) {
            HttpResponse<String> response = api.send("POST", "/api/printers/import", body);

            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("malformed_json");
        }
        assertThat(api.registrations.requests).isEmpty();
    }

    @Test
    void largeFleetIsImported() {
        String rows =
                "[" + "{\"name\":\"printer of a farm with a rather long name\",\"driver\":\"prusalink\"},".repeat(3000)
                        + "{\"name\":\"last\"}]";

        HttpResponse<String> imported = api.send("POST", "/api/printers/import", rows);

        assertThat(new JsonObject(imported.body()).getInteger("imported")).isEqualTo(3001);
    }

    @Test
    void registrationsAreImportedAndExportedAsCsv() {
        String table = "name,driver,address\nMK4 left,prusalink,192.0.2.20\nMK4 right,prusalink,192.0.2.20\n";

        HttpResponse<String> imported = api.send("POST", "/api/printers/import", table, "Content-Type", "text/csv");

        assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
        assertThat(api.registrations.known).hasSize(2);
        HttpResponse<String> exported = api.get("/api/printers/export", "Accept", "text/csv");
        assertThat(exported.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(exported.body()).startsWith("id,name,driver").contains("\r\nmk4-left,MK4 left,prusalink");
        assertThat(api.get("/api/printers/export?format=csv").body()).isEqualTo(exported.body());
        assertThat(api.get("/api/printers/export?format=xml").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "application/octet-stream, ''",
        "application/yaml, ''",
        "application/octet-stream, ?format=fdm_monster",
        "text/csv, ?format=fdm_monster"
    })
    void exportOfFdmMonsterIsPreviewedAndImported(String type, String query) {
        String export =
                "printers:\n  - id: 1\n    name: MK4 left\n    printerURL: http://192.0.2.20\n    apiKey: canary\n";

        HttpResponse<String> preview =
                api.send("POST", "/api/printers/import/preview" + query, export, "Content-Type", type);
        assertThat(api.registrations.known).isEmpty();
        HttpResponse<String> imported = api.send("POST", "/api/printers/import" + query, export, "Content-Type", type);

        assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
        assertThat(new JsonObject(preview.body())).isEqualTo(new JsonObject(imported.body()).put("imported", 0));
        assertThat(preview.body()).doesNotContain("canary");
        assertThat(api.registrations.known).hasSize(1);
    }

    @Test
    void exportOfOctoFarmIsImportedAsJson() {
        String export = "[{\"name\":\"MK4 left\",\"printerURL\":\"http://192.0.2.20\",\"apikey\":\"canary\"}]";

        assertThat(api.send("POST", "/api/printers/import", export).statusCode())
                .isEqualTo(200);
        api.registrations.failure = new RegistrationException(Code.DUPLICATE_ADDRESS, "[0].address", "found it");
        assertThat(api.send("POST", "/api/printers/import", export).body()).contains("\"printer 1, printerURL\"");
        assertThat(api.send("POST", "/api/printers/import?format=xml", export).body())
                .contains("one of json, csv, octofarm, fdm_monster");
    }

    @Test
    void csvErrorNamesLineAndColumn() {
        HttpResponse<String> unknownColumn =
                api.send("POST", "/api/printers/import", "name,colour\nx,red", "Content-Type", "text/csv");
        api.registrations.failure = new RegistrationException(Code.INVALID_FIELD, "[1].name", "found nothing");
        HttpResponse<String> invalidCell =
                api.send("POST", "/api/printers/import", "name\nx\ny", "Content-Type", "text/csv");

        assertThat(unknownColumn.statusCode()).isEqualTo(422);
        assertThat(unknownColumn.body()).contains("unknown name in column 2");
        assertThat(invalidCell.body()).contains("\"line 3, name\"", "found nothing");
    }
}
