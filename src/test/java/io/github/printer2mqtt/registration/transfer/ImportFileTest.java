package io.github.printer2mqtt.registration.transfer;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.RegistrationFixture;
import io.github.printer2mqtt.registration.csv.RegistrationRows;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports of OctoFarm and FDM Monster become registrations. */
class ImportFileTest {
    private static final String ONE_PRINTER = "printers:\n  - id: 1\n    name: A\n    printerURL: http://192.0.2.1\n";

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.withBambu();

    @Test
    void fleetOfFdmMonsterIsRegistered() {
        List<Registration> imported = done(fixture.registrations.importAll(
                recognised("fdm-monster-2.0.yaml").rows()));

        JsonArray documents = RegistrationDocument.imported(imported).getJsonArray("printers");
        assertThat(documents)
                .map(each -> ((JsonObject) each).getString("driver") + " "
                        + ((JsonObject) each).getString("address") + " " + ((JsonObject) each).getString("group") + " "
                        + ((JsonObject) each).getJsonArray("tags").getList())
                .containsExactly(
                        "octoprint http://192.0.2.11:5000 hall-2-left [PLA]",
                        "moonraker http://192.0.2.12:80 null []",
                        "prusalink http://192.0.2.13:80 null []",
                        "bambu http://192.0.2.14:8883 hall-2-left [PLA, Rack 2]");
        assertThat(imported.get(1).printer().maintenance()).isNotNull();
        assertThat(imported.get(2).printer().enabled()).isFalse();
        assertThat(imported).map(Registration::hasCredentials).containsExactly(true, false, true, true);
        assertThat(documents.encode())
                .doesNotContain("OCTOPRINT-KEY", "prusalink-password", "01234567", "00M00A", "SECRET");
    }

    @Test
    void credentialsGoToTheFieldsOfTheDriver() {
        JsonArray rows = recognised("fdm-monster-2.0.yaml").rows();

        assertThat(rows.getJsonObject(0).getJsonObject("credentials"))
                .isEqualTo(new JsonObject().put("api_key", "OCTOPRINT-KEY-0123456789"));
        assertThat(rows.getJsonObject(2).getJsonObject("credentials"))
                .isEqualTo(new JsonObject().put("username", "maker").put("password", "prusalink-password"));
        assertThat(rows.getJsonObject(3).getJsonObject("credentials"))
                .as("a code of digits is a text")
                .isEqualTo(new JsonObject().put("username", "00M00A000000001").put("password", "01234567"));
        assertThat(rows.encode()).as("settings and users are not read").doesNotContain("SECRET");
    }

    @Test
    void olderExportOfFdmMonsterIsRegistered() {
        List<Registration> imported = done(fixture.registrations.importAll(
                recognised("fdm-monster-1.3.yaml").rows()));

        assertThat(imported)
                .map(each -> each.printer().name() + " " + each.printer().driver() + " "
                        + each.printer().address() + " " + each.printer().group() + " "
                        + each.printer().tags())
                .containsExactly(
                        "Prusa 1 octoprint http://192.0.2.21:80 null [school]",
                        "Prusa 2 octoprint http://192.0.2.21:81 default-floor []");
    }

    @ParameterizedTest
    @CsvSource({
        "octofarm-printers.json, 'Ender garage http://192.0.2.31:5000 hall-2 true, CR-10 http://octopi.local:80 null true'",
        "octofarm-database.json, 'Mini 1 http://192.0.2.32:5001 attic true, Mini 2 http://192.0.2.33:80 attic false'"
    })
    void fleetOfOctoFarmIsRegistered(String file, String expected) {
        List<Registration> imported =
                done(fixture.registrations.importAll(recognised(file).rows()));

        assertThat(imported)
                .map(each -> each.printer().name() + " " + each.printer().address() + " "
                        + each.printer().group() + " " + each.printer().enabled())
                .containsExactly(expected.split(", "));
        assertThat(imported).allMatch(each -> each.printer().driver().equals("octoprint") && each.hasCredentials());
    }

    @Test
    void formatCanBeNamed() throws IOException {
        byte[] octoFarm = bytes("octofarm-printers.json");

        assertThat(ImportFile.read(octoFarm, ImportFormat.OCTOFARM, null).rows())
                .hasSize(2);
        assertThat(refusal(() -> ImportFile.read(octoFarm, ImportFormat.FDM_MONSTER, null)))
                .contains("line 1: found no mapping");
        assertThat(refusal(() -> ImportFile.read("[]".getBytes(StandardCharsets.UTF_8), ImportFormat.OCTOFARM, null)))
                .contains("expected its printers.json");
    }

    @Test
    void errorsNameLineAndFieldOfTheFile() {
        fixture.add(RegistrationFixture.mk4().put("address", "192.0.2.12:80").put("driver", "moonraker"));
        RegistrationRows file = recognised("fdm-monster-2.0.yaml");
        Throwable refused = failure(fixture.registrations.importAll(file.rows()));
        assertThat(file.withOrigins((RegistrationException) refused)).satisfies(error -> {
            assertThat(error.code()).isEqualTo(Code.DUPLICATE_ADDRESS);
            assertThat(error.field()).isEqualTo("line 25, printerURL");
        });

        RegistrationRows wrong = read("[{\"name\":\"A\",\"printerURL\":\"ftp://192.0.2.1\",\"apikey\":\"a\\nb\"}]");
        RegistrationException errors = (RegistrationException) failure(fixture.registrations.importAll(wrong.rows()));
        assertThat(wrong.withOrigins(errors).all())
                .map(RegistrationException::field)
                .containsExactly("printer 1, printerURL", "printer 1, apikey");
        assertThat(fixture.registrations.all()).hasSize(1);
    }

    @Test
    void previewShowsWhatAnImportWouldRegister() {
        JsonArray rows = recognised("fdm-monster-2.0.yaml").rows();

        List<Registration> preview = done(fixture.registrations.previewImport(rows));

        assertThat(preview).hasSize(4);
        assertThat(fixture.registrations.all()).isEmpty();
        assertThat(done(fixture.registrations.importAll(rows)))
                .map(Registration::hasCredentials)
                .isEqualTo(preview.stream().map(Registration::hasCredentials).toList());
        assertThat(failure(fixture.registrations.previewImport(rows))).hasMessageContaining("already registered");
    }

    @Test
    void unknownTypesOfPrintersAreAllReported() {
        String two = ONE_PRINTER + "    printerType: 7\n" + ONE_PRINTER.substring("printers:\n".length())
                + "    printerType: !!int '8'\n";

        assertThat(refusal(() -> read(two.replace("!!int ", ""))))
                .isEqualTo("line 2, printerType: found \"7\", expected 0 (OctoPrint), 1 (Moonraker), 2 (PrusaLink) or 3"
                        + " (Bambu Lab)\nline 6, printerType: found \"8\", expected 0 (OctoPrint), 1 (Moonraker),"
                        + " 2 (PrusaLink) or 3 (Bambu Lab)");
        assertThat(refusal(() -> read(two))).isEqualTo("line 9: found a tag (!), expected a value without one");
    }

    @Test
    void largestFleetIsRead() {
        StringBuilder export = new StringBuilder("printers:\n");
        for (int i = 0; i < 10_000; i++) {
            export.append("  - id: ")
                    .append(i)
                    .append("\n    disabledReason: null\n    enabled: true\n")
                    .append("    printerType: 0\n    dateAdded: 1767449143574\n    name: Printer ")
                    .append(i)
                    .append("\n    printerURL: http://192.0.2.1:")
                    .append(1024 + i)
                    .append("\n    apiKey: ABC")
                    .append(i)
                    .append('\n');
        }
        export.append("floors:\n  - id: 1\n    order: 1\n    name: Hall\n    printers:\n");
        for (int i = 0; i < 10_000; i++) {
            export.append("      - printerId: ").append(i).append("\n        x: 0\n        'y': 0\n");
        }

        assertThat(done(fixture.registrations.previewImport(
                        read(export.toString()).rows())))
                .hasSize(10_000)
                .allMatch(each -> "hall".equals(each.printer().group()));
    }

    private static RegistrationRows recognised(String file) {
        try {
            return ImportFile.read(bytes(file), null, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RegistrationRows read(String text) {
        return ImportFile.read(text.getBytes(StandardCharsets.UTF_8), null, null);
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(ImportFileTest.class.getResourceAsStream("/registration/" + file))) {
            return stream.readAllBytes();
        }
    }

    /** Every error, a line each. */
    static String refusal(Runnable reading) {
        RegistrationException refused = catchThrowableOfType(RegistrationException.class, reading::run);
        assertThat(refused).isNotNull();
        return String.join(
                "\n",
                refused.all().stream()
                        .map(each -> each.field() == null ? each.getMessage() : each.field() + ": " + each.getMessage())
                        .toList());
    }
}
