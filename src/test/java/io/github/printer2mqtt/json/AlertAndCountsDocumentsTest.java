package io.github.printer2mqtt.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.StateCounts;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the documents of alerts, groups and the fleet with their golden files, including the order of keys. */
class AlertAndCountsDocumentsTest {
    private static final PrinterId ID = new PrinterId("mk4-left");
    private static final Instant AT = Instant.parse("2026-11-21T09:50:00.123456Z");
    private static final String MESSAGE = "Offline for 5 minutes: it refuses our credentials";

    static Stream<Arguments> documents() {
        StateCounts fleet = new StateCounts(
                Map.of(PrinterState.PRINTING, 2, PrinterState.IDLE, 1), 3, Instant.parse("2026-11-21T10:15:00Z"), ID);
        StateCounts group = new StateCounts(Map.of(PrinterState.IDLE, 1), 1, null, null);
        return Stream.of(
                Arguments.of(
                        "alert",
                        AlertDocument.bytes(new Alert(ID, AlertCode.OFFLINE, Alert.Severity.WARNING, MESSAGE, AT))),
                Arguments.of("fleet-state", CountsDocument.fleet(fleet)),
                Arguments.of("group-state", CountsDocument.group("shelf-a", group)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void documentsMatchTheirGoldenFiles(String name, byte[] document) throws IOException {
        assertThat(compact(new String(document, StandardCharsets.UTF_8))).isEqualTo(compact(golden(name)));
    }

    @Test
    void alertMessageIsOneLineOfBoundedLength() {
        Alert alert = new Alert(ID, AlertCode.ERROR, Alert.Severity.CRITICAL, "a\nb\u0000" + "x".repeat(1000), AT);
        assertThat(alert.message()).startsWith("a b").hasSize(256);
        assertThat(new Alert(ID, AlertCode.ERROR, Alert.Severity.CRITICAL, "\n", AT).message())
                .isEqualTo("error");
    }

    /** Without white space; keys keep their order. */
    private static String compact(String json) {
        return Json.encode(Json.decodeValue(json));
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = AlertAndCountsDocumentsTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
