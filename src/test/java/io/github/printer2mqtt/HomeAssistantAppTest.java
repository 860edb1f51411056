package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.text.WireConstant;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The files of the Home Assistant app agree with each other and with the bridge. */
class HomeAssistantAppTest {
    private static final Path FOLDER = Path.of("home-assistant-app");

    /** As the Supervisor knows them. */
    private static final Set<String> KEYS = Set.of(
            "name",
            "version",
            "slug",
            "description",
            "url",
            "arch",
            "startup",
            "services",
            "ingress",
            "ingress_port",
            "ingress_stream",
            "panel_icon",
            "panel_title",
            "ports",
            "watchdog",
            "backup",
            "map",
            "ulimits",
            "options",
            "schema");

    @Test
    void everyOptionHasASchemaAndADefaultFitsIt() throws IOException {
        Map<String, Object> config = yaml("config.yaml");
        Map<String, Object> schema = map(config.get("schema"));

        assertThat(KEYS).containsAll(config.keySet());
        assertThat(schema.keySet()).containsAll(map(config.get("options")).keySet());
        Set<String> withoutDefault = new HashSet<>(schema.keySet());
        withoutDefault.removeAll(map(config.get("options")).keySet());
        assertThat(withoutDefault)
                .allMatch(option -> String.valueOf(schema.get(option)).endsWith("?"));
    }

    @Test
    void optionsOfferWhatTheBridgeKnows() throws IOException {
        Map<String, Object> schema = map(yaml("config.yaml").get("schema"));
        List<?> commands = (List<?>) Objects.requireNonNull(schema.get("commands"));

        assertThat(choices(commands.get(0)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Command.Verb.values())
                        .map(WireConstant::wireName)
                        .toList());
    }

    @Test
    void versionsAreThatOfTheProject() throws IOException {
        String version = String.valueOf(yaml("config.yaml").get("version"));
        Matcher project = Pattern.compile("<version>([^<]+?)(-SNAPSHOT)?</version>")
                .matcher(Files.readString(Path.of("pom.xml")));

        assertThat(project.find()).isTrue();
        assertThat(version).isEqualTo(project.group(1));
        assertThat(Files.readString(FOLDER.resolve("Dockerfile")))
                .contains("FROM ghcr.io/printer2mqtt/printer2mqtt:" + version + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyOptionIsExplained(String language) throws IOException {
        Map<String, Object> config = yaml("config.yaml");
        Map<String, Object> texts = yaml("translations/" + language + ".yaml");

        Map<String, Object> options = map(texts.get("configuration"));
        assertThat(options.keySet()).isEqualTo(map(config.get("schema")).keySet());
        assertThat(options.values())
                .allSatisfy(option -> assertThat(map(option)).containsOnlyKeys("name", "description"));
        assertThat(map(texts.get("network")).keySet())
                .isEqualTo(map(config.get("ports")).keySet());
    }

    @Test
    void picturesHaveTheSizesThatHomeAssistantExpects() throws IOException {
        BufferedImage icon = ImageIO.read(FOLDER.resolve("icon.png").toFile());
        BufferedImage logo = ImageIO.read(FOLDER.resolve("logo.png").toFile());

        assertThat(List.of(icon.getWidth(), icon.getHeight())).containsExactly(128, 128);
        assertThat(List.of(logo.getWidth(), logo.getHeight())).containsExactly(250, 100);
    }

    private static Set<String> choices(Object type) {
        Matcher list = Pattern.compile("list\\((.+)\\)").matcher(String.valueOf(type));
        assertThat(list.matches()).isTrue();
        return Arrays.stream(list.group(1).split("\\|")).collect(Collectors.toSet());
    }

    private static Map<String, Object> yaml(String name) throws IOException {
        return map(new Yaml().load(Files.readString(FOLDER.resolve(name))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
