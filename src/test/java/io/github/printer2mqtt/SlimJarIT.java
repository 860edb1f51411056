package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.FarmRecipe;
import io.github.printer2mqtt.simulator.SimulatedFarm;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar without the embedded broker, as the build packages it. */
@Timeout(90)
class SlimJarIT {
    private static final Path JAR = Path.of("target", "printer2mqtt-slim.jar");
    private static final Pattern LIBRARY =
            Pattern.compile("((?:ch|com|de|io|org)/[^/]+)/.*\\.class|([^/]+)/.*\\.class");

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    @BeforeAll
    static void jarIsPackaged() {
        assertThat(JAR).as("made by mvn package").isRegularFile();
    }

    @Test
    void withoutABrokerItStopsWithOneLine() {
        Path database = folder.resolve("p.db");
        JsonObject configuration = new JsonObject()
                .put("http", new JsonObject().put("port", Ports.free()))
                .put("database", new JsonObject().put("path", database.toString()));
        try (ChildBridge bridge = ChildBridge.launchJar(JAR, folder, configuration)) {
            assertThat(bridge.awaitExit()).as("exit code").isEqualTo(3);
            assertThat(bridge.lines())
                    .filteredOn(line -> line.startsWith("printer2mqtt: "))
                    .singleElement()
                    .isEqualTo("printer2mqtt: the embedded broker is not in this jar; set mqtt.url or"
                            + " PRINTER2MQTT_MQTT_URL to the address of a broker, or use the full jar");
            assertThat(database).doesNotExist();
        }
    }

    @Test
    void publishesPrintersToABrokerElsewhere() {
        SimulatedFarm farm = Await.done(SimulatedFarm.start(instance.vertx(), FarmRecipe.healthy(3, 1)));
        JsonObject configuration = RunningBridge.configuration(folder);
        String topic = configuration.getJsonObject("mqtt").getString("base_topic") + "/printers/+/state";
        try (TestSubscriber subscriber =
                        TestSubscriber.listen(TestBroker.shared().port(), topic);
                ChildBridge bridge =
                        ChildBridge.launchJar(JAR, folder, configuration).awaitBanner()) {
            farm.registrations().forEach(bridge.api()::register);
            Await.until("all printers are published", () -> subscriber.newest().size() == 3);
            assertThat(bridge.api().get("/metrics").body()).contains("printer2mqtt_mqtt_connected 1.0");
            bridge.stop();
            assertThat(bridge.awaitExit()).as("exit code").isZero();
        } finally {
            Await.done(farm.close());
        }
    }

    /** A library that a new release of the embedded broker brings along is noticed here. */
    @Test
    void hasNoLibraryOfTheEmbeddedBroker() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> libraries = jar.versionedStream()
                    .map(entry -> LIBRARY.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(libraries)
                    .containsExactly(
                            "ch/qos",
                            "com/fasterxml",
                            "com/ongres",
                            "de/siegmar",
                            "io/github",
                            "io/netty",
                            "io/prometheus",
                            "io/vertx",
                            "org/HdrHistogram",
                            "org/eclipse",
                            "org/jspecify",
                            "org/slf4j",
                            "org/sqlite",
                            "org/yaml",
                            "picocli");
        }
    }
}
