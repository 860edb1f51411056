package io.github.printer2mqtt;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each shell command of a document is run by {@link ShellCommandsIT}, or listed here with the reason why it is not. */
class ShellCommandsTest {
    private static final String BUILD = "the build itself";
    private static final String ENGINE = "needs a container engine; ComposeTest and ContainerImageTest check the files";
    private static final String SYSTEM =
            "changes the system; packaging/try-in-clean-debian does it, and DebianPackageIT in part";
    private static final String POSTGRES = "needs a server that is configured by hand; no test runs it";
    private static final String PAGE = "run by .ci/run on the sources of the page";
    private static final String SCREENSHOTS = "for who changes the page; needs Chromium";

    private static final Map<String, String> NOT_RUN = Map.ofEntries(
            entry("mvn verify", BUILD),
            entry("./mvnw verify", BUILD),
            entry("./mvnw package -DskipTests", BUILD),
            entry("./mvnw test -Dtest='OctoPrintSessionTest'", BUILD),
            entry("./mvnw test -Dtest='OctoPrintSessionTest#sendsTheKey*'", BUILD),
            entry("./mvnw spotless:apply", BUILD),
            entry("mvn -q package -DskipTests", BUILD),
            entry(
                    "mvn -q package -DskipTests && packaging/build deb",
                    "the build itself; DebianPackageIT runs the rest"),
            entry(
                    "mvn -q package -DskipTests && java -XX:+ExitOnOutOfMemoryError -jar target/printer2mqtt.jar demo",
                    "the build itself; .ci/smoke-test runs the rest"),
            entry("git clone https://github.com/printer2mqtt/printer2mqtt && cd printer2mqtt", "needs the network"),
            entry("bin/printer2mqtt", "StartScriptIT starts the bridge with the script"),
            entry("bin/printer2mqtt demo", "does not end; DemoTest and .ci/smoke-test start the demo"),
            entry(
                    "bin/printer2mqtt run --config /etc/printer2mqtt/config.json",
                    "does not end; StartScriptIT starts the bridge with a file"),
            entry(
                    "bin/printer2mqtt printers discover",
                    "would scan the network of this machine; DiscoveryTest runs it on loopback addresses"),
            entry("docker compose up -d", ENGINE),
            entry("docker compose run --rm setup show", ENGINE + "; MosquittoSetupIT runs the script"),
            entry("docker build -t printer2mqtt .", ENGINE),
            entry(
                    "docker run -d --name printer2mqtt --restart unless-stopped -p 8080:8080 -v printer2mqtt-data:/data \\\n"
                            + "  -e PRINTER2MQTT_MQTT_URL=mqtt://192.0.2.3:1883 printer2mqtt",
                    ENGINE),
            entry(
                    "pg_dump --format=custom --file=printer2mqtt.dump --dbname=postgresql://bridge@db.example/printer2mqtt",
                    POSTGRES),
            entry(
                    "pg_restore --no-owner --dbname=postgresql://bridge@db.example/printer2mqtt printer2mqtt.dump",
                    POSTGRES),
            entry(
                    "printer2mqtt database copy --from data/printer2mqtt.db --to postgresql://db.example/printer2mqtt",
                    POSTGRES),
            entry("sudo apt install ./target/printer2mqtt_*_all.deb", SYSTEM),
            entry("sudo apt install ./printer2mqtt_0.1.0_all.deb", SYSTEM),
            entry("sudo journalctl -u printer2mqtt | grep code", SYSTEM),
            entry(
                    "curl -fsSL https://github.com/printer2mqtt/printer2mqtt/releases/latest/download/install.sh | sudo sh",
                    "needs a release; InstallScriptIT runs the script"),
            entry(
                    "curl -F application=printer2mqtt -F user=bridge http://192.0.2.31/api/v1/auth/request",
                    "needs the screen of an UltiMaker"),
            entry("curl http://192.0.2.31/api/v1/auth/check/ID", "needs the screen of an UltiMaker"),
            entry("cd src/main/web", PAGE),
            entry("npm ci --ignore-scripts", PAGE),
            entry("npm run types", PAGE),
            entry("npm test", PAGE),
            entry("npm run build", PAGE),
            entry("npm run browser", PAGE),
            entry("npm run paint", SCREENSHOTS),
            entry("node tools/screenshots.mjs", SCREENSHOTS),
            entry(
                    "prometheus --config.file=examples/prometheus/prometheus.yml --web.listen-address=127.0.0.1:9090",
                    "does not end; MonitoringExamplesIT runs Prometheus with this file"));

    @Test
    void everyCommandIsRunOrListedWithAReason() {
        Set<String> documented = ShellCommand.all().stream()
                .filter(command -> !command.document().equals(Path.of("docs", "cookbook.md"))) // run by CookbookIT
                .map(ShellCommand::text)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = new TreeSet<>(NOT_RUN.keySet());
        listed.addAll(ShellCommandsIT.COMMANDS);

        assertThat(documented).isEqualTo(listed);
        assertThat(NOT_RUN.keySet()).doesNotContainAnyElementsOf(ShellCommandsIT.COMMANDS);
    }
}
