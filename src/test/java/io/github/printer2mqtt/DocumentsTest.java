package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.simulator.DemoFarm;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Names, links, tables and configurations in the documents. */
class DocumentsTest {
    private static final MarkdownDocument README = MarkdownDocument.of(Path.of("README.md"));
    private static final MarkdownDocument MQTT = MarkdownDocument.reference("mqtt.md");
    private static final Pattern WORD = Pattern.compile("[a-z_]+");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?://)([^)#]+)(?:#([^)]*))?\\)");
    /** Not a path with the id of an example, such as mk4-left. */
    private static final Pattern ROUTE =
            Pattern.compile("(?:GET|POST|PUT|PATCH|DELETE) (/[a-z/{}]*+(?:\\.(?:yaml|ics))?+)(?![\\w-])");

    private static final Pattern CLASS =
            Pattern.compile("`(?:[a-z]+\\.)*([A-Z][a-z]+[A-Z0-9][A-Za-z0-9]+)(?:\\.\\w+)?`");

    /** Classes of other programs and of browsers, an attribute of cookies, and a file of OctoFarm. */
    private static final Set<String> FOREIGN_CLASSES = Set.of(
            "EventSource", "HashedWheelTimer", "HttpClientAgent", "HttpConnectOptions", "HttpOnly", "PrintersDB");

    /** Routes of the invented printer in docs/writing-a-driver.md. */
    private static final Set<String> FOREIGN_ROUTES = Set.of("/machine");

    @Test
    void everyStartCommandExitsOnOutOfMemory() throws IOException {
        List<Path> files = Stream.concat(
                        MarkdownDocument.all().stream(), Stream.of(Path.of("Dockerfile"), Path.of(".ci/smoke-test")))
                .toList();
        Pattern start = Pattern.compile(
                "java\\b.*-jar\\W+\\S*printer2mqtt(?:-slim)?\\.jar(?! (?:health|printers|probe|--help))(?!\\W+health)");
        int found = 0;
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                if (start.matcher(line).find()) {
                    found++;
                    assertThat(line).as(file.toString()).contains("-XX:+ExitOnOutOfMemoryError");
                }
            }
        }
        assertThat(found).isGreaterThan(4);
        assertThat(read(Path.of("bin", "printer2mqtt"))).contains("exec \"$java\" -XX:+ExitOnOutOfMemoryError ");
    }

    /** A topic of each kind except responses, requests and discovery. */
    static List<Topic> topics(Topics topics) {
        PrinterId id = new PrinterId("id");
        return List.of(
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
                topics.printerThumbnail(id),
                topics.printerEvent(id),
                topics.printerRaw(id),
                topics.groupState("group"),
                topics.fleetState());
    }

    @Test
    void readmeHasEveryTopic() {
        List<Topic> all = topics(new Topics("base"));
        assertThat(all.stream().map(Topic::kind))
                .as("responses, requests and discovery have their own chapters")
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(TopicKind.DISCOVERY, TopicKind.RESPONSE, TopicKind.REQUEST)));
        Map<String, Topic> byText =
                all.stream().collect(Collectors.toMap(topic -> topic.text().substring(5), Function.identity()));
        Set<String> documented = new TreeSet<>();
        for (List<String> row : README.rows("## Topics")) {
            for (String name : MarkdownDocument.quoted(row.get(0))) {
                String text = name.replaceAll("[<>]", "");
                assertThat(byText).containsKey(text);
                Topic topic = Objects.requireNonNull(byText.get(text));
                assertThat(row.get(1)).as(name).isEqualTo(topic.retained() ? "yes" : "no");
                assertThat(row.get(2).contains("QoS 0")).as(name).isEqualTo(topic.qos() == 0);
                documented.add(text);
            }
            if (row.get(0).equals("`printers/<id>/event`")) {
                assertThat(MarkdownDocument.quoted(row.get(2)))
                        .containsExactlyElementsOf(words(PrinterEvent.Type.values(), PrinterEvent.Type::wireName));
            }
        }
        assertThat(documented).isEqualTo(new TreeSet<>(byText.keySet()));
    }

    @Test
    void readmeHasEveryDriverWithItsPort() {
        Map<String, String> ports = README.rows("## Drivers").stream()
                .collect(Collectors.toMap(
                        row -> MarkdownDocument.quoted(row.get(0)).get(0), row -> row.get(2)));
        assertThat(ports)
                .isEqualTo(Drivers.all().stream()
                        .collect(Collectors.toMap(Driver::id, driver -> String.valueOf(driver.defaultPort()))));
    }

    @Test
    void bridgeSupportsEveryRequestOfTheReference(@TempDir Path folder) {
        List<String> requests = MQTT.rows("## Requests").stream()
                .flatMap(row -> MarkdownDocument.quoted(row.get(0)).stream())
                .filter(verb -> verb.contains("/")
                        || List.of("health_check", "backup", "restore").contains(verb))
                .toList();
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder));
                TestSubscriber user = bridge.listen()) {
            bridge.awaitOnline(user);
            String known = error(bridge, user, "nonsense").getString("message");
            for (String request : requests) {
                JsonObject response = response(bridge, user, request);
                assertThat(response.encode()).as(request).doesNotContain("unknown_verb");
                assertThat(known).contains(request.startsWith("printers/") ? request.substring(9) : request);
            }
            String listed = known.substring(known.indexOf("expected") + "expected".length())
                    .replace("printers/ with", "");
            assertThat(listed.split(", | or ")).hasSameSizeAs(requests);
        }
    }

    private static JsonObject error(RunningBridge bridge, TestSubscriber user, String request) {
        return response(bridge, user, request).getJsonObject("error");
    }

    private static JsonObject response(RunningBridge bridge, TestSubscriber user, String request) {
        user.publish(bridge.topic("bridge/request/" + request), "{\"transaction\":\"" + request + "\"}", false);
        return user.await(bridge.topic("bridge/response/" + request), heard -> true)
                .json();
    }

    @ParameterizedTest
    @MethodSource("io.github.printer2mqtt.MarkdownDocument#all")
    void linkTargetsExist(Path document) {
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
    @MethodSource("io.github.printer2mqtt.MarkdownDocument#all")
    void routesAndClassesExist(Path document) throws IOException {
        Map<?, ?> api = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(read(Path.of("src", "main", "resources", "openapi.yaml")));
        Map<?, ?> paths = (Map<?, ?>) Objects.requireNonNull(api.get("paths"));
        assertThat(MarkdownDocument.found(ROUTE, read(document)))
                .allMatch(route -> paths.containsKey(route) || FOREIGN_ROUTES.contains(route), "is a route");
        Set<String> classes = new TreeSet<>(FOREIGN_CLASSES);
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            sources.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> classes.add(name.replace(".java", "")));
        }
        assertThat(MarkdownDocument.found(CLASS, read(document))).allMatch(classes::contains, "is a class");
    }

    @Test
    void printersOfTheExamplesAreInTheDemo() {
        Vertx vertx = Vertx.vertx();
        DemoFarm farm = Await.done(DemoFarm.start(vertx));
        try {
            List<String> ids = farm.registrations().stream()
                    .map(registration -> registration.getString("id"))
                    .toList();
            assertThat(ids).contains("mk4-left", "voron-0-2").hasSize(12);
            List<String> shown =
                    MarkdownDocument.found(Pattern.compile("PrinterMonitor - ([a-z0-9-]+) is offline"), README.text());
            assertThat(shown).isNotEmpty();
            assertThat(ids).containsAll(shown);
        } finally {
            Await.done(farm.close());
            Await.done(vertx.close());
        }
    }

    @Test
    void troubleshootingHasEveryReason() {
        assertThat(MarkdownDocument.of(Path.of("docs", "troubleshooting.md")).names("## A printer is offline"))
                .containsAll(words(FailureReason.values(), FailureReason::wireName))
                .allMatch(name -> WireConstant.find(FailureReason.class, name) != null, "is a reason");
    }

    @Test
    void everyDriverHasItsKeyAndItsPlaceInTheIndex() {
        String keys = read(Path.of("docs", "keys.md"));
        String index = read(Path.of("docs", "README.md"));
        for (Driver driver : Drivers.all()) {
            assertThat(keys).contains("(drivers/" + driver.id() + ".md#registration)");
            assertThat(index).contains("(drivers/" + driver.id() + ".md)");
        }
        assertThat(read(Path.of("docs", "images", "architecture.svg")))
                .contains(Drivers.all().size() + " drivers");
    }

    @Test
    void everyDocumentIsInTheIndex() {
        String index = read(Path.of("docs", "README.md"));
        assertThat(MarkdownDocument.all().stream()
                        .filter(each -> each.startsWith("docs") && !each.startsWith(Path.of("docs", "decisions")))
                        .map(each -> Path.of("docs").relativize(each).toString())
                        .filter(each -> !each.equals("README.md")))
                .allMatch(each -> index.contains("(" + each + ")"), "is in docs/README.md");
    }

    private static <T> List<String> words(T[] values, Function<T, String> word) {
        List<String> words = Arrays.stream(values).map(word).toList();
        assertThat(words).allMatch(each -> WORD.matcher(each).matches());
        return words;
    }

    private static String read(Path file) {
        return MarkdownDocument.of(file).text();
    }
}
