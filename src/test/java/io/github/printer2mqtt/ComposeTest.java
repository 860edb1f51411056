package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml}, which must start with one command and nothing to edit. */
class ComposeTest {
    private final JsonObject compose = read();
    private final Map<String, JsonObject> services = services(compose);

    /** The file as it is written. */
    static JsonObject read() {
        return yaml(Path.of("docker-compose.yml"));
    }

    private static JsonObject yaml(Path file) {
        try {
            Map<String, Object> content =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            return new JsonObject(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, JsonObject> services(JsonObject compose) {
        Map<String, JsonObject> services = new TreeMap<>();
        JsonObject all = compose.getJsonObject("services");
        all.fieldNames().forEach(name -> services.put(name, all.getJsonObject(name)));
        return services;
    }

    @Test
    void withoutAProfileItStartsTheBrokerAndTheBridge() {
        assertThat(services.keySet().stream()
                        .filter(name -> !service(name).containsKey("profiles"))
                        .toList())
                .containsExactly("mosquitto", "printer2mqtt", "setup");
    }

    @Test
    void imagesArePinnedToReleases() {
        assertThat(services)
                .allSatisfy((name, service) -> assertThat(service.getString("image", service.getString("build")))
                        .as(name)
                        .matches("\\.|[a-z0-9./-]+:v?\\d+\\.\\d+\\.\\d+"));
        assertThat(service("setup").getString("image"))
                .as("hashes that the broker's own program makes")
                .isEqualTo(service("mosquitto").getString("image"));
    }

    @Test
    void filesOfThisRepositoryExistAndAreReadOnly() {
        assertThat(services.keySet().stream()
                        .flatMap(this::volumes)
                        .filter(volume -> volume.startsWith("./"))
                        .toList())
                .isNotEmpty()
                .allMatch(volume -> Files.exists(Path.of(source(volume))), "exists")
                .allMatch(volume -> volume.endsWith(":ro"), "is read-only");
    }

    @Test
    void everyVolumeIsDeclaredAndUsed() {
        assertThat(services.keySet().stream()
                        .flatMap(this::volumes)
                        .map(ComposeTest::source)
                        .filter(source -> !source.startsWith("./"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        compose.getJsonObject("volumes").fieldNames());
    }

    /** The data, the read-only secrets and the folder for native libraries are all that the bridge can reach. */
    @Test
    void bridgeIsConfined() {
        JsonObject bridge = service("printer2mqtt");
        assertThat(bridge.getBoolean("read_only")).isTrue();
        assertThat(texts(bridge, "cap_drop")).containsExactly("ALL");
        assertThat(texts(bridge, "security_opt")).containsExactly("no-new-privileges:true");
        assertThat(texts(bridge, "tmpfs")).singleElement().asString().startsWith("/tmp:exec");
        assertThat(volumes("printer2mqtt")).containsExactly("printer2mqtt-data:/data", "bridge-secrets:/secrets:ro");
    }

    @Test
    void onlyWhatCreatesSecretsMayWriteThem() {
        assertThat(services.keySet().stream()
                        .filter(name -> !List.of("setup", "metrics-token").contains(name))
                        .flatMap(this::volumes)
                        .filter(volume -> source(volume).endsWith("-secrets"))
                        .toList())
                .isNotEmpty()
                .allMatch(volume -> volume.endsWith(":ro"), "is read-only");
    }

    /** What has no login of its own is reachable from this machine only. */
    @Test
    void portsAreThoseOfTheDocuments() {
        Map<String, List<String>> ports = new TreeMap<>();
        services.forEach(
                (name, service) -> ports.put(name, texts(service, "ports").toList()));
        ports.values().removeIf(List::isEmpty);
        assertThat(ports)
                .containsEntry("mosquitto", List.of("1883:1883"))
                .containsEntry("printer2mqtt", List.of("8080:8080"))
                .containsEntry("home-assistant", List.of("8123:8123"))
                .containsEntry("grafana", List.of("3000:3000"))
                .containsEntry("node-red", List.of("${NODE_RED_ADDRESS:-127.0.0.1}:1880:1880"));
        assertThat(ports.keySet()).isSubsetOf("mosquitto", "printer2mqtt", "home-assistant", "node-red", "grafana");
    }

    private JsonObject service(String name) {
        return services.getOrDefault(name, new JsonObject());
    }

    private Stream<String> volumes(String service) {
        return texts(service(service), "volumes");
    }

    private static String source(String volume) {
        return volume.substring(0, volume.indexOf(':'));
    }

    private static Stream<String> texts(JsonObject service, String key) {
        return service.getJsonArray(key, new JsonArray()).stream().map(String.class::cast);
    }

    /** Container and example differ in the address and in the token only. */
    @Test
    void prometheusIsConfiguredAsInTheExample() {
        JsonObject container = scrapeConfig(Path.of("docker", "prometheus.yml"));
        JsonObject example = scrapeConfig(Path.of("examples", "prometheus", "prometheus.yml"));
        container.remove("authorization");
        container.remove("static_configs");
        example.remove("static_configs");
        assertThat(container).isEqualTo(example);
    }

    private static JsonObject scrapeConfig(Path file) {
        return yaml(file).getJsonArray("scrape_configs").getJsonObject(0);
    }
}
