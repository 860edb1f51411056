package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What Grafana expects of a dashboard and would only show as an empty panel. */
class GrafanaDashboardTest {
    private static final Path GRAFANA = Path.of("examples", "grafana");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z_]+)}?");
    private static final Set<String> OF_GRAFANA = Set.of("__rate_interval");
    private static final int COLUMNS = 24;

    private final GrafanaDashboard dashboard = GrafanaDashboard.read();

    @Test
    void idsAndTitlesAreUnique() {
        assertThat(dashboard.elements())
                .extracting(each -> each.getInteger("id"))
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(dashboard.elements())
                .extracting(each -> each.getString("title"))
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }

    @Test
    void everyPanelHasTheDataSourceOfTheVariableAUnitAndAQuery() {
        assertThat(dashboard.panels()).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(panel.getJsonObject("datasource").getString("uid")).isEqualTo("${datasource}");
            assertThat(panel.getJsonObject("fieldConfig")
                            .getJsonObject("defaults")
                            .getString("unit"))
                    .isNotBlank();
            assertThat(GrafanaDashboard.targets(panel)).isNotEmpty().allSatisfy(target -> {
                assertThat(target.getJsonObject("datasource").getString("uid")).isEqualTo("${datasource}");
                assertThat(target.getString("expr")).isNotBlank();
            });
            assertThat(GrafanaDashboard.targets(panel))
                    .extracting(target -> target.getString("refId"))
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void everyVariableExists() {
        List<String> known = new ArrayList<>(OF_GRAFANA);
        dashboard.variables().forEach(variable -> known.add(variable.getString("name")));

        Matcher used = VARIABLE.matcher(dashboard.document().encode());

        assertThat(used.results().map(match -> match.group(1)).toList())
                .contains("datasource", "job", "instance")
                .isSubsetOf(known);
    }

    @Test
    void elementsLieInTheGridWithoutOverlap() {
        Set<String> taken = new HashSet<>();
        for (JsonObject element : dashboard.elements()) {
            JsonObject place = element.getJsonObject("gridPos");
            int left = place.getInteger("x");
            int top = place.getInteger("y");
            assertThat(left + place.getInteger("w"))
                    .as(element.getString("title"))
                    .isBetween(1, COLUMNS);
            for (int x = left; x < left + place.getInteger("w"); x++) {
                for (int y = top; y < top + place.getInteger("h"); y++) {
                    assertThat(taken.add(x + "," + y))
                            .as(element.getString("title"))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void provisioningNamesADataSourceOfPrometheusAndAFolderOfDashboards() throws IOException {
        Map<?, ?> source = only(GRAFANA.resolve("provisioning/datasources/prometheus.yml"), "datasources");
        Map<?, ?> provider = only(GRAFANA.resolve("provisioning/dashboards/printer2mqtt.yml"), "providers");

        assertThat(source.get("type")).isEqualTo("prometheus");
        assertThat(String.valueOf(source.get("url"))).startsWith("http://");
        assertThat(provider.get("type")).isEqualTo("file");
        Map<?, ?> options = (Map<?, ?>) Objects.requireNonNull(provider.get("options"));
        assertThat(String.valueOf(options.get("path"))).startsWith("/");
    }

    private static Map<?, ?> only(Path file, String list) throws IOException {
        Map<?, ?> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        List<?> entries = (List<?>) Objects.requireNonNull(document.get(list));
        assertThat(document.get("apiVersion")).isEqualTo(1);
        assertThat(entries).hasSize(1);
        return (Map<?, ?>) entries.get(0);
    }
}
