package io.github.printer2mqtt.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.config.CommandsConfig.GuardedRequest;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.config.NotifyConfig;
import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.json.BridgeDocuments.RegistrationEvent;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.StateCounts;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisDocument;
import io.github.printer2mqtt.registration.diagnosis.DiagnosisStage;
import io.github.printer2mqtt.registration.diagnosis.StageResult;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every released document with its golden file, including the order of keys. Released documents do not change
 * without a migration for their users.
 */
class GoldenDocumentsTest {
    private static final PrinterId ID = new PrinterId("mk4-left");
    private static final Instant AT = Instant.parse("2026-11-21T09:50:00.123Z");

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of("status-printing", new StatusDocument(GoldenStatuses.printing()).bytes()),
                Arguments.of("status-offline", new StatusDocument(GoldenStatuses.offline()).bytes()),
                Arguments.of("status-unknown", new StatusDocument(GoldenStatuses.unknown()).bytes()),
                Arguments.of("availability-online", PrinterDocuments.online()),
                Arguments.of("availability-offline", PrinterDocuments.offline(FailureReason.TIMEOUT, AT)),
                Arguments.of("event", PrinterDocuments.event(event())),
                Arguments.of(
                        "alert", PrinterDocuments.alert(alert("Offline for 5 minutes: it rejects the credentials"))),
                Arguments.of("fleet-state", CountsDocument.fleet(fleetCounts())),
                Arguments.of("group-state", CountsDocument.group("shelf-a", groupCounts())),
                Arguments.of("bridge-state-online", BridgeDocuments.online()),
                Arguments.of("bridge-state-offline", BridgeDocuments.offline()),
                Arguments.of(
                        "bridge-info",
                        BridgeDocuments.info(
                                facts(), new StateCounts(Map.of(PrinterState.PRINTING, 2), 2, null, null))),
                Arguments.of("bridge-printers", BridgeDocuments.printers(rows())),
                Arguments.of("bridge-health", health()),
                Arguments.of("diagnosis", DiagnosisDocument.of(diagnosis())),
                Arguments.of(
                        "bridge-event", BridgeDocuments.event(RegistrationEvent.PRINTER_ADDED, AT, ID, "MK4 left")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void documentsMatchTheirGoldenFiles(String name, byte[] document) throws IOException {
        assertThat(compact(new String(document, StandardCharsets.UTF_8))).isEqualTo(compact(golden(name)));
    }

    @Test
    void comparisonKeepsOrderAndNumberFormat() {
        assertThat(compact("{\"b\": 1, \"a\": 2.0}")).isEqualTo("{\"b\":1,\"a\":2.0}");
    }

    @Test
    void alertMessageIsOneLineOfBoundedLength() {
        assertThat(alert("a\nb\u0000" + "x".repeat(1000)).message())
                .startsWith("a b")
                .hasSize(256);
        assertThat(alert("\n").message()).isEqualTo("offline");
    }

    /** Without white space; keys keep their order. */
    private static String compact(String json) {
        return Json.encode(Json.decodeValue(json));
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = GoldenDocumentsTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Documents have milliseconds. */
    private static Alert alert(String message) {
        return new Alert(ID, AlertCode.OFFLINE, Alert.Severity.WARNING, message, AT.plusNanos(456_000));
    }

    private static StateCounts fleetCounts() {
        return new StateCounts(
                Map.of(PrinterState.PRINTING, 2, PrinterState.IDLE, 1), 3, Instant.parse("2026-11-21T10:15:00Z"), ID);
    }

    private static StateCounts groupCounts() {
        return new StateCounts(Map.of(PrinterState.IDLE, 1), 1, null, null);
    }

    private static PrinterEvent event() {
        return new PrinterEvent(
                PrinterEvent.Type.PRINT_RESUMED,
                "mk4-left-1795254600000-1-7",
                AT,
                ID,
                "MK4 left",
                "shelf-a",
                GoldenStatuses.job(false),
                PrinterState.PAUSED,
                PrinterState.PRINTING);
    }

    private static BridgeDocuments.BridgeFacts facts() {
        BridgeConfig usual = BridgeConfig.defaults();
        BridgeConfig config = new BridgeConfig(
                new BridgeConfig.Http("127.0.0.1", 8080, Secret.of("canary"), List.of(), List.of()),
                new MqttConfig(
                        "mqtts://broker:8883",
                        "farm",
                        Secret.of("canary"),
                        MqttConfig.Version.AUTO,
                        "printer2mqtt",
                        null,
                        false,
                        false,
                        false,
                        List.of(),
                        BridgeConfig.defaults().mqtt().tls()),
                new BridgeConfig.Broker("127.0.0.1", 1883, null, null),
                usual.polling(),
                usual.database(),
                null,
                new BridgeConfig.Secrets(Secret.of("canary"), "/run/secrets/printer2mqtt.key"),
                usual.backup(),
                new CommandsConfig(Set.of(Verb.PAUSE), Set.of(GuardedRequest.REMOVE, GuardedRequest.ADD)),
                usual.homeAssistant(),
                usual.security(),
                usual.alerts(),
                new NotifyConfig(
                        new NotifyConfig.Webhook(Secret.of("canary"), Secret.of("canary")),
                        new NotifyConfig.Ntfy(Secret.of("canary"), Secret.of("canary")),
                        Set.of(PrinterEvent.Type.PRINT_FINISHED),
                        Set.of(AlertCode.ERROR),
                        Set.of("shelf-a")),
                usual.plate(),
                usual.history(),
                List.of(new SiteConfig("north", "north")),
                usual.log(),
                usual.settings());
        return new BridgeDocuments.BridgeFacts("1.2.3", AT, List.of("moonraker", "octoprint", "prusalink"), config);
    }

    private static List<Registration> rows() {
        Printer printer = new Printer(
                ID,
                "MK4 left",
                "prusalink",
                AddressText.parse("192.0.2.20").withDefaultPort(80),
                "MK4",
                "shelf-a",
                List.of("pla"),
                true,
                Printer.PollingOverrides.none(),
                null);
        return List.of(new Registration(printer, true));
    }

    private static Diagnosis diagnosis() {
        List<StageResult> stages = List.of(
                new StageResult(DiagnosisStage.NAME, true, 0L, "192.0.2.20 is an IP address", null),
                new StageResult(DiagnosisStage.ROUTE, true, 4L, "192.0.2.20 answers", null),
                new StageResult(DiagnosisStage.PORT, false, 4L, "nothing listens", "check the port"),
                new StageResult(DiagnosisStage.TLS, null, null, null, null));
        return new Diagnosis(rows().get(0).printer(), AT, 131, stages, null, null, null, null);
    }

    private static byte[] health() {
        return BridgeDocuments.health(
                AT,
                new BridgeDocuments.ProcessStats(Duration.ofHours(1), 20_000_000, 64_000_000, 42),
                new BrokerStats(
                        true, "5", new BrokerStats.Limits(20, 8_388_608, 1, true, 30), 2, 1, 1000, 0, 1, 3, 0, 4, 5, 0),
                new BridgeDocuments.PollStats(5000, 12, 20, 80, 400));
    }
}
