package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.ConfigReader;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.simulator.DemoFarm;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Whatever the documents name exists, and what has a table there is in it. */
class DocumentsTest {
    private static final Path README = Path.of("README.md");
    private static final Path MQTT = Path.of("docs", "reference", "mqtt.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern WORD = Pattern.compile("[a-z_]+");
    private static final Pattern KEY = Pattern.compile(
            "`((?:http|mqtt|broker|polling|database|commands|alerts|home_assistant|security)\\.[a-z_.]+)`");
    private static final Pattern VARIABLE = Pattern.compile("PRINTER2MQTT_[A-Z0-9_]*[A-Z0-9]");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?://)([^)#]+)(?:#([^)]*))?\\)");
    private static final Pattern ROUTE = Pattern.compile("(?:GET|POST|PUT|PATCH|DELETE) (/[a-z/{}]*(?:\\.yaml)?)");

    /** A snippet behind a comment that marks it as an example is a document of the API: see ReferenceDocumentsTest. */
    private static final Pattern SNIPPET = Pattern.compile("(?<!-->\n)```json\\R(.*?)```", Pattern.DOTALL);

    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z0-9][A-Za-z0-9]+)(?:\\.\\w+)?`");

    /** Of other programs. */
    private static final Set<String> CLASSES_OF_OTHERS = Set.of("HttpClientAgent", "HttpConnectOptions");

    /** Of the invented printer in docs/writing-a-driver.md. */
    private static final Set<String> ROUTES_OF_OTHERS = Set.of("/machine");

    private static final Set<String> VARIABLES_BESIDE_THE_KEYS = Set.of(
            "PRINTER2MQTT_CONFIG",
            "PRINTER2MQTT_URL",
            "PRINTER2MQTT_CLI_TOKEN",
            "PRINTER2MQTT_PEERS",
            "PRINTER2MQTT_OCTOPRINT",
            "PRINTER2MQTT_MOONRAKER",
            "PRINTER2MQTT_PRUSALINK",
            "PRINTER2MQTT_OPENAPI_VALIDATOR",
            "PRINTER2MQTT_NODE_RED");

    static List<Path> documents() {
        try (Stream<Path> root = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> examples = Files.walk(Path.of("examples"))) {
            return Stream.of(root, docs, examples)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every command that starts a bridge; the others end by themselves. */
    @Test
    void everyBridgeIsStartedSoThatItEndsWithoutMemory() throws IOException {
        List<Path> files = Stream.concat(
                        documents().stream(), Stream.of(Path.of("Dockerfile"), Path.of(".ci/smoke-test")))
                .toList();
        Pattern start = Pattern.compile(
                "java\\b.*-jar\\W+\\S*printer2mqtt\\.jar(?! (?:health|printers|probe|--help))(?!\\W+health)");
        int found = 0;
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                if (start.matcher(line).find()) {
                    found++;
                    assertThat(line).as(file.toString()).contains("-XX:+ExitOnOutOfMemoryError");
                }
            }
        }
        assertThat(found).isGreaterThan(5);
    }

    @Test
    void readmeHasEveryTopic() {
        Topics topics = new Topics("base");
        PrinterId id = new PrinterId("id");
        List<Topic> all = List.of(
                topics.bridgeState(),
                topics.bridgeInfo(),
                topics.bridgePrinters(),
                topics.bridgeHealth(),
                topics.bridgeEvent(),
                topics.bridgeLog(),
                topics.printerState(id),
                topics.printerAvailability(id),
                topics.printerAlert(id, "code"),
                topics.printerAttribute(id, "path"),
                topics.printerEvent(id),
                topics.groupState("group"),
                topics.fleetState());
        assertThat(all.stream().map(Topic::kind))
                .as("answers and discovery have chapters of their own")
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(TopicKind.DISCOVERY, TopicKind.RESPONSE, TopicKind.REQUEST)));
        Map<String, Topic> byText =
                all.stream().collect(Collectors.toMap(topic -> topic.text().substring(5), Function.identity()));
        Set<String> told = new TreeSet<>();
        for (List<String> row : table(README, "## Topics")) {
            for (String name : quoted(row.get(0))) {
                String text = name.replaceAll("[<>]", "");
                assertThat(byText).containsKey(text);
                Topic topic = Objects.requireNonNull(byText.get(text));
                assertThat(row.get(1)).as(name).isEqualTo(topic.retained() ? "yes" : "no");
                assertThat(row.get(2).contains("QoS 0")).as(name).isEqualTo(topic.qos() == 0);
                told.add(text);
            }
            if (row.get(0).equals("`printers/<id>/event`")) {
                assertThat(quoted(row.get(2)))
                        .containsExactlyElementsOf(words(PrinterEvent.Type.values(), PrinterEvent.Type::wireName));
            }
        }
        assertThat(told).isEqualTo(new TreeSet<>(byText.keySet()));
    }

    @Test
    void readmeHasEveryDriverWithItsPort() {
        Map<String, String> ports = table(README, "## Drivers").stream()
                .collect(Collectors.toMap(row -> quoted(row.get(0)).get(0), row -> row.get(2)));
        assertThat(ports)
                .isEqualTo(Drivers.all().stream()
                        .collect(Collectors.toMap(Driver::id, driver -> String.valueOf(driver.defaultPort()))));
    }

    @Test
    void bridgeKnowsEveryRequestOfTheReference(@TempDir Path folder) {
        List<String> requests = table(MQTT, "## Requests").stream()
                .flatMap(row -> quoted(row.get(0)).stream())
                .filter(verb -> verb.contains("/") || verb.equals("health_check"))
                .toList();
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder));
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            String known = error(bridge, user, "nonsense").getString("message");
            for (String request : requests) {
                JsonObject answer = answer(bridge, user, request);
                assertThat(answer.encode()).as(request).doesNotContain("unknown_verb");
                assertThat(known).contains(request.startsWith("printers/") ? request.substring(9) : request);
            }
            String listed = known.substring(known.indexOf("expected") + "expected".length())
                    .replace("printers/ with", "");
            assertThat(listed.split(", | or ")).hasSameSizeAs(requests);
        }
    }

    private static JsonObject error(RunningBridge bridge, TestSubscriber user, String request) {
        return answer(bridge, user, request).getJsonObject("error");
    }

    private static JsonObject answer(RunningBridge bridge, TestSubscriber user, String request) {
        user.publish(bridge.topic("bridge/request/" + request), "{\"transaction\":\"" + request + "\"}", false);
        return user.await(bridge.topic("bridge/response/" + request), heard -> true)
                .json();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void keysAndVariablesExist(Path document) {
        String configuration = read(Path.of("docs", "reference", "configuration.md"));
        Set<String> keys = new TreeSet<>(found(Pattern.compile("(?m)^\\| `([a-z_.]+)`"), configuration));
        assertThat(keys).hasSizeGreaterThan(30);
        assertThat(found(KEY, read(document)))
                .allMatch(key -> isKey(key, keys) || isPackage(key), "is a key or a package");
        assertThat(variables(document)).allMatch(name -> isVariable(name, configuration), "is a variable");
    }

    @Test
    void theContainersUseVariablesThatExist() {
        String configuration = read(Path.of("docs", "reference", "configuration.md"));
        List<String> used = new ArrayList<>(variables(Path.of("docker-compose.yml")));
        used.addAll(variables(Path.of("Dockerfile")));
        assertThat(used).isNotEmpty().allMatch(name -> isVariable(name, configuration), "is a variable");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void configurationsCanBeRead(Path document) {
        for (String snippet : found(SNIPPET, read(document))) {
            new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem()).read(document.toString(), snippet);
        }
    }

    @Test
    void theConfigurationThatIsShippedCanBeRead() {
        new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem())
                .read("config.json", read(Path.of("config.json")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) {
        for (MatchResult link : LINK.matcher(read(document)).results().toList()) {
            Path target =
                    document.toAbsolutePath().resolveSibling(link.group(1)).normalize();
            assertThat(target).exists();
            if (link.group(2) != null) {
                List<String> headings = read(target)
                        .lines()
                        .filter(line -> line.startsWith("#"))
                        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                        .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                        .toList();
                assertThat(headings).contains(link.group(2));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void routesAndClassesExist(Path document) throws IOException {
        Map<?, ?> api = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(read(Path.of("src", "main", "resources", "openapi.yaml")));
        Map<?, ?> paths = (Map<?, ?>) Objects.requireNonNull(api.get("paths"));
        assertThat(found(ROUTE, read(document)))
                .allMatch(route -> paths.containsKey(route) || ROUTES_OF_OTHERS.contains(route), "is a route");
        Set<String> classes = new TreeSet<>(CLASSES_OF_OTHERS);
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            sources.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> classes.add(name.replace(".java", "")));
        }
        assertThat(found(CLASS, read(document))).allMatch(classes::contains, "is a class");
    }

    @Test
    void thePrintersOfTheExamplesAreInTheDemo() {
        Vertx vertx = Vertx.vertx();
        DemoFarm farm = Await.done(DemoFarm.start(vertx));
        try {
            List<String> ids = farm.registrations().stream()
                    .map(registration -> registration.getString("id"))
                    .toList();
            assertThat(ids).contains("mk4-left", "voron-0-2").hasSize(12);
            List<String> shown = found(Pattern.compile("PrinterMonitor - ([a-z0-9-]+) is offline"), read(README));
            assertThat(shown).isNotEmpty();
            assertThat(ids).containsAll(shown);
        } finally {
            Await.done(farm.close());
            Await.done(vertx.close());
        }
    }

    private static boolean isKey(String key, Set<String> keys) {
        String stem = key.replaceFirst("\\.$", "");
        return keys.contains(stem) || keys.stream().anyMatch(known -> known.startsWith(stem + "."));
    }

    private static boolean isPackage(String name) {
        return Files.isDirectory(Path.of("src/main/java/io/github/printer2mqtt", name.replace('.', '/')));
    }

    private static List<String> variables(Path document) {
        return VARIABLE.matcher(read(document))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static boolean isVariable(String name, String configuration) {
        String secret = name.replaceFirst("_FILE$", "");
        return VARIABLES_BESIDE_THE_KEYS.contains(name)
                || configuration.contains("| `" + name + "` ")
                || configuration.contains("| `" + secret + "` (or `…_FILE`)");
    }

    /** The rows of all tables in a chapter, without their heads. */
    private static List<List<String>> table(Path document, String heading) {
        List<List<String>> rows = chapter(document, heading)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        assertThat(rows).as(heading).isNotEmpty();
        return rows;
    }

    private static String chapter(Path document, String heading) {
        String text = read(document);
        int from = text.indexOf(heading + "\n") + heading.length();
        assertThat(from).as(heading).isGreaterThan(heading.length());
        int end = text.indexOf("\n#", from);
        return text.substring(from, end < 0 ? text.length() : end);
    }

    private static List<String> quoted(String text) {
        return found(QUOTED, text);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static <T> List<String> words(T[] values, Function<T, String> word) {
        List<String> words = Arrays.stream(values).map(word).toList();
        assertThat(words).allMatch(each -> WORD.matcher(each).matches());
        return words;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
