package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistrationRoutesTest {
    private static final String MK4 = "{\"name\":\"MK4 left\",\"driver\":\"prusalink\",\"address\":\"192.0.2.20\","
            + "\"credentials\":{\"api_key\":\"canary-4711\"}}";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void responseHasTheLocationAndNoCredentials() {
        HttpResponse<String> response = api.send("POST", "/api/printers", MK4);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue("/api/printers/mk4-left");
        assertThat(response.body())
                .isEqualTo(
                        "{\"id\":\"mk4-left\",\"name\":\"MK4 left\",\"driver\":\"prusalink\","
                                + "\"address\":\"http://192.0.2.20:80\",\"group\":null,\"tags\":[\"pla\"],\"model\":null,"
                                + "\"enabled\":true,\"maintenance\":null,\"polling\":{\"timeout\":\"3s\",\"offline_after\":null},"
                                + "\"tls\":{\"fingerprint\":null},"
                                + "\"alerts\":{\"rules\":null,\"offline\":{\"after\":null},\"stalled\":{\"after\":null},"
                                + "\"temperature\":{\"after\":null,\"deviation\":null,\"nozzle_limit\":null,"
                                + "\"bed_limit\":null},\"not_cleared\":{\"after\":null}},\"commands\":{\"mqtt\":null},\"has_credentials\":true}");
        assertThat(api.registrations.requests).containsExactly(new JsonObject(MK4));
    }

    @Test
    void invalidFieldIsNamed() {
        HttpResponse<String> response = api.send("POST", "/api/printers", "{}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new JsonObject(response.body()))
                .isEqualTo(new JsonObject("{\"type\":\"about:blank\",\"title\":\"Unprocessable Entity\",\"status\":422,"
                        + "\"code\":\"invalid_field\",\"detail\":\"missing, expected a name\",\"field\":\"name\"}"));
    }

    @Test
    void everyRegistrationErrorHasItsStatus() {
        Map<Code, Integer> expected = Map.of(
                Code.INVALID_FIELD, 422,
                Code.PRINTER_NOT_FOUND, 404,
                Code.DUPLICATE_ID, 409,
                Code.DUPLICATE_ADDRESS, 409,
                Code.ADDRESS_REFUSED, 422,
                Code.DRIVER_NOT_DETECTED, 422,
                Code.BUSY, 503,
                Code.NOT_STORED, 503);
        for (Code code : Code.values()) {
            api.registrations.failure = new RegistrationException(code, null, "because");

            HttpResponse<String> response = api.send("POST", "/api/printers", MK4);

            assertThat(response.statusCode()).as(code.wireName()).isEqualTo(expected.get(code));
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code.wireName());
        }
    }

    @Test
    void internalErrorsHideTheirCause() {
        api.registrations.failure = new IllegalStateException("disk full at /var/lib/secret.db");

        HttpResponse<String> response = api.send("POST", "/api/printers", MK4);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("internal_error").doesNotContain("disk", "secret.db", "Exception");
    }

    @Test
    void bothContentTypesOfAMergePatchAreAccepted() {
        api.send("POST", "/api/printers", MK4);

        for (String type : List.of("application/json", "application/merge-patch+json; charset=utf-8")) {
            HttpResponse<String> response =
                    api.send("PATCH", "/api/printers/mk4-left", "{\"credentials\":null}", "Content-Type", type);

            assertThat(response.statusCode()).as(type).isEqualTo(200);
        }
        assertThat(api.registrations.requests.get(1)).isEqualTo(new JsonObject().putNull("credentials"));
        assertThat(api.send("PATCH", "/api/printers/nobody", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void printerIsRemovedOnce() {
        api.send("POST", "/api/printers", MK4);

        HttpResponse<String> removed = api.send("DELETE", "/api/printers/mk4-left", null);
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(removed.body()).isEmpty();
        assertThat(api.send("DELETE", "/api/printers/mk4-left", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void networkIsScannedForPrinters() {
        HttpResponse<String> response = api.send("POST", "/api/discovery", "{\"network\":\"192.168.1.0/24\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"networks\":[\"192.168.1.0/24\"],\"addresses\":254,\"complete\":true,\"took_ms\":9120,"
                                + "\"problems\":[\"cannot listen at UDP port 2021\"],\"printers\":[{\"driver\":\"prusalink\",\"address\":\"http://192.168.1.20:80\","
                                + "\"evidence\":\"PrusaLink 2.1.2\",\"name\":\"PrusaLink at mk4\",\"model\":\"MK4\",\"serial_number\":\"SN4711\","
                                + "\"sources\":[\"mdns\",\"scan\"],\"confirmed\":true,\"fingerprint\":null,\"registered\":\"mk4-left\"}],\"followed\":[\"mk4-left\"]}");
    }

    @Test
    void addressIsProbed() {
        HttpResponse<String> response = api.send("POST", "/api/printers/probe", "{\"address\":\"192.0.2.20\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"driver\":\"prusalink\",\"address\":\"http://192.0.2.20:80\","
                        + "\"evidence\":\"PrusaLink 2.1.2\",\"state\":null,\"model\":null,\"message\":null,"
                        + "\"reason\":\"auth\",\"detail\":\"the printer needs an API key\",\"fingerprint\":null,"
                        + "\"attempts\":[{\"address\":\"http://192.0.2.20:80\",\"answer\":\"PrusaLink\"}],"
                        + "\"stages\":[{\"stage\":\"name\",\"ok\":true,\"took_ms\":0,"
                        + "\"found\":\"192.0.2.20 is an IP address\",\"advice\":null},"
                        + "{\"stage\":\"route\",\"ok\":false,\"took_ms\":2500,\"found\":\"no answer\","
                        + "\"advice\":\"switch it on\"},"
                        + "{\"stage\":\"port\",\"ok\":null,\"took_ms\":null,\"found\":null,\"advice\":null}]}");
        assertThat(api.registrations.known).isEmpty();
    }

    @Test
    void printerIsDiagnosed() {
        api.send("POST", "/api/printers", MK4);

        JsonObject diagnosis = api.json("/api/printers/mk4-left/diagnosis");
        api.failingDiagnoses.failure = new RegistrationException(Code.BUSY, null, "4 diagnoses are already running");
        HttpResponse<String> busy = api.get("/api/printers/mk4-left/diagnosis");

        assertThat(diagnosis.getString("printer")).isEqualTo("mk4-left");
        assertThat(diagnosis.getBoolean("ok")).isFalse();
        assertThat(diagnosis.getJsonArray("stages").getJsonObject(2).getString("advice"))
                .isEqualTo("check the port");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).isPresent();
        assertThat(new JsonObject(busy.body()).getString("code")).isEqualTo("busy");
    }

    @Test
    void registrationIsShownWithoutCredentials() {
        HttpResponse<String> added = api.send("POST", "/api/printers", MK4);

        HttpResponse<String> shown = api.get("/api/printers/mk4-left/registration");

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(shown.body())).isEqualTo(new JsonObject(added.body()));
        assertThat(new JsonObject(shown.body()).getBoolean("has_credentials")).isTrue();
        assertThat(shown.body()).doesNotContain("api_key");
        assertThat(api.get("/api/printers/nobody/registration").statusCode()).isEqualTo(404);
    }

    @Test
    void commentsAndRepeatedKeysAreRejected() {
        for (String path : List.of("/api/printers", "/api/printers/probe", "/api/printers/import")) {
            HttpResponse<String> twice = api.send("POST", path, "{\"name\":\"a\",\n\"name\":\"b\"}");
            HttpResponse<String> comment = api.send("POST", path, "{/* mine */}");

            assertThat(twice.statusCode()).as(path).isEqualTo(400);
            assertThat(new JsonObject(twice.body()).getString("detail"))
                    .isEqualTo(
                            "invalid JSON in the body: found the key \"name\" twice in one object (line 2, column 1)");
            assertThat(comment.statusCode()).as(path).isEqualTo(400);
            assertThat(new JsonObject(comment.body()).getString("detail")).contains("no comments", "column 2");
        }
        assertThat(api.registrations.requests).isEmpty();
    }

    @Test
    void credentialsAreNeverShown() {
        api.send("POST", "/api/printers", MK4);
        api.send("PATCH", "/api/printers/mk4-left", "{\"credentials\":{\"api_key\":\"canary-4711\"}}");
        api.send("POST", "/api/printers", "{\"credentials\":{\"api_key\":\"canary-4711\"}");
        api.send("POST", "/api/printers", "{\"credentials\":canary-4711}");

        for (String path : List.of("/api/printers", "/api/printers/export", "/metrics", "/health/ready", "/")) {
            assertThat(api.get(path).body()).as(path).doesNotContain("canary");
        }
        HttpResponse<String> malformed = api.send("POST", "/api/printers", "{\n\"credentials\":canary-4711}");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("malformed_json", "line 2").doesNotContain("canary");
    }
}
