package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.command.CommandException;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.registration.RegistrationException;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docs/reference has every state, reason, topic, event, alert, command, route and error code, and examples that are real. */
class ReferenceDocumentsTest {
    private static final MarkdownDocument STATUS = MarkdownDocument.reference("status.md");
    private static final MarkdownDocument MQTT = MarkdownDocument.reference("mqtt.md");
    private static final MarkdownDocument HTTP = MarkdownDocument.reference("http.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: ([a-z-]+) -->\\n```json\\n(.*?)```", Pattern.DOTALL);

    /** A document, and perhaps a chapter of it: docs/reference/status.md, "Jobs". */
    private static final Pattern CITATION = Pattern.compile("(docs/[a-z/-]+\\.md)(?:, \"([A-Z][a-z ]+)\")?");

    @ParameterizedTest
    @ValueSource(strings = {"status.md", "mqtt.md"})
    void examplesAreTheDocumentsOfTheGoldenFiles(String name) throws IOException {
        List<MatchResult> examples = EXAMPLE.matcher(
                        MarkdownDocument.reference(name).text())
                .results()
                .toList();
        assertThat(examples).isNotEmpty();
        for (MatchResult example : examples) {
            Path golden = Path.of("src", "test", "resources", "golden", example.group(1) + ".json");
            assertThat(Json.decodeValue(example.group(2)))
                    .as(example.group(1))
                    .isEqualTo(Json.decodeValue(Files.readString(golden)));
        }
    }

    @Test
    void statusHasEveryStateAndReason() {
        List<String> states = words(PrinterState.values(), PrinterState::wireName);
        assertThat(STATUS.names("## States").subList(0, states.size())).isEqualTo(states);
        assertThat(STATUS.names("## Reasons")).isEqualTo(words(FailureReason.values(), FailureReason::wireName));
    }

    @Test
    void mqttHasEveryTopicAsItIsPublished() {
        Map<String, String> expected = DocumentsTest.topics(new Topics("base")).stream()
                .collect(Collectors.toMap(
                        topic -> topic.text().substring("base/".length()),
                        ReferenceDocumentsTest::delivery,
                        (one, other) -> one,
                        TreeMap::new));
        Map<String, String> found = new TreeMap<>();
        MQTT.rows("## Topics")
                .forEach(row -> found.put(row.get(0).replaceAll("[`<>]", ""), row.get(1) + " " + row.get(2)));
        assertThat(found).isEqualTo(expected);
    }

    private static String delivery(Topic topic) {
        return (topic.retained() ? "yes " : "no ") + topic.qos();
    }

    @Test
    void mqttHasEveryEventAlertAndCommand() {
        assertThat(MQTT.names("## Events"))
                .containsSubsequence(words(PrinterEvent.Type.values(), PrinterEvent.Type::wireName));
        assertThat(MQTT.names("## Alerts")).containsSubsequence(words(AlertCode.values(), AlertCode::wireName));
        List<String> commands = new ArrayList<>(words(Verb.values(), Verb::wireName));
        commands.add("refresh");
        assertThat(MQTT.names("## Commands")).isEqualTo(commands);
    }

    @Test
    void mqttAndHttpHaveEveryErrorCodeOfCommandsAndRegistrations() {
        List<String> codes = new ArrayList<>(words(CommandException.Code.values(), CommandException.Code::wireName));
        codes.addAll(words(RegistrationException.Code.values(), RegistrationException.Code::wireName));
        assertThat(HTTP.names("## Errors")).containsAll(codes).doesNotHaveDuplicates();
        assertThat(MQTT.names("## Responses")).containsAll(codes).doesNotHaveDuplicates();
    }

    @Test
    void httpHasEveryRouteOfTheDescription() throws IOException {
        Map<String, Map<String, Map<String, Object>>> api = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("src", "main", "resources", "openapi.yaml")));
        Map<String, Map<String, Object>> paths = Objects.requireNonNull(api.get("paths"));
        Map<String, String> expected = new TreeMap<>();
        paths.forEach((path, methods) -> methods.forEach((method, operation) -> {
            if (operation instanceof Map<?, ?> described) {
                expected.put(
                        method.toUpperCase(Locale.ROOT) + " " + path,
                        List.of().equals(described.get("security")) ? "" : String.valueOf(described.get("x-right")));
            }
        }));
        Map<String, String> found = new TreeMap<>();
        HTTP.rows("## Routes")
                .forEach(row -> found.put(MarkdownDocument.quoted(row.get(0)).get(0), row.get(2)));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void documentsAndChaptersThatTheCodeCitesExist() throws IOException {
        List<String> cited = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                // A citation may go on in the next line of a comment.
                String text = Files.readString(source).replaceAll("\\n +\\* ", " ");
                for (MatchResult citation : CITATION.matcher(text).results().toList()) {
                    Path document = Path.of(citation.group(1));
                    assertThat(document).as(source.toString()).exists();
                    if (citation.group(2) != null) {
                        assertThat(Files.readAllLines(document))
                                .as(source.toString())
                                .contains("## " + citation.group(2));
                    }
                    cited.add(document.toString());
                }
            }
        }
        assertThat(cited).contains("docs/reference/status.md", "docs/reference/mqtt.md", "docs/reference/http.md");
    }

    private static <T> List<String> words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).toList();
    }
}
