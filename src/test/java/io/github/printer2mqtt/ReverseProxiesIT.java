package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.PeerProcess;
import io.github.printer2mqtt.testing.Peers;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations of docs/reverse-proxies.md in the real programs, in front of a bridge and with curl as the browser. */
class ReverseProxiesIT {
    private static final String TOKEN = "token-of-the-test";
    private static final String SITE = "https://farm.example/printers";
    private static final String BROWSER = "127.0.0.9";
    private static final String JSON = "Content-Type: application/json";

    @TempDir
    private Path folder;

    private final int port = Ports.free();
    private DocumentedProxies proxies;
    private List<String> curl;

    @BeforeEach
    void prepare() {
        proxies = new DocumentedProxies(folder, port);
        proxies.createCertificate();
        // An address of its own, because that of the proxy is trusted.
        curl = List.of(
                Peers.program("curl").toString(),
                "-s",
                "-S",
                "--max-time",
                "20",
                "--interface",
                BROWSER,
                "--cacert",
                proxies.certificate().toString(),
                "--connect-to",
                "farm.example:443:127.0.0.1:" + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"caddy", "nginx", "traefik"})
    void bridgeIsUsedThroughTheProxy(String name) throws IOException {
        try (RunningBridge bridge = RunningBridge.start(configuration(snippet("## The bridge")));
                PeerProcess proxy = proxies.start(name, bridge.httpPort())) {
            awaitServing(proxy, "/health/live", "\"status\"");

            // The page, the list, and what is not the bridge's.
            assertThat(run(curl, SITE + "/")).contains("<title>printer2mqtt</title>");
            assertThat(run(curl, "-o", "/dev/null", "-w", "%{redirect_url}", SITE))
                    .isEqualTo(SITE + "/");
            assertThat(run(curl, SITE + "/api/printers")).contains("\"unauthorized\"");
            assertThat(status(curl, "https://farm.example/printersx")).isEqualTo("404");
            assertThat(run(curl, SITE + "/api/nothing")).contains("not_found");

            // A login of the page, whose cookie holds below the path only.
            List<String> browser = login();
            assertThat(run(browser, SITE + "/api/printers")).contains("\"counts\"");
            assertThat(run(browser, "https://farm.example/printersx")).doesNotContain("counts");

            // An event passes at once, and a change only from the page itself.
            String csrf = "X-CSRF-Token: " + new JsonObject(run(browser, SITE + "/api/session")).getString("csrf");
            String printer = "{\"name\":\"MK4\",\"driver\":\"prusalink\",\"address\":\"192.0.2.20\",\"enabled\":false}";
            List<String> register = with(browser, "-H", csrf, "-d", printer, SITE + "/api/printers");
            try (PeerProcess stream =
                    PeerProcess.start(folder.resolve("stream.log"), with(browser, "-N", SITE + "/api/stream"))) {
                Await.until("the snapshot", () -> stream.log().contains("event: snapshot"));
                assertThat(status(register, "-H", "Origin: https://evil.example"))
                        .isEqualTo("403");
                assertThat(status(register, "-H", "Origin: https://farm.example"))
                        .isEqualTo("201");
                Await.until("the change", () -> stream.log().contains("event: change"));
            }
            assertThat(bridge.api().withToken(TOKEN).get("/api/audit").body())
                    .as("the address of the browser, not of the proxy")
                    .contains("\"actor\":\"anna\",\"origin\":\"HTTP " + BROWSER + "\"");

            // An import of 2 MB.
            Path large = Files.writeString(folder.resolve("large.json"), "[" + " ".repeat(2_000_000) + "]");
            assertThat(status(
                            with(curl, "-H", "Authorization: Bearer " + TOKEN, "-H", JSON),
                            "--data-binary",
                            "@" + large,
                            SITE + "/api/printers/import/preview"))
                    .isEqualTo("200");
        }
    }

    @Test
    void userOfTheProxyHasTheRoleOfTheGroup() throws IOException {
        JsonObject http = new JsonObject(snippet("## Login at the proxy")).getJsonObject("http");
        http.put("path_prefix", "/printers").put("allowed_hosts", List.of("farm.example"));
        int authority = Ports.free();
        String users = "server { listen 127.0.0.1:" + authority + "; location / { add_header Remote-User anna;"
                + " add_header Remote-Groups workshop; return 204; } }\n";
        try (RunningBridge bridge = RunningBridge.start(
                        configuration(new JsonObject().put("http", http).encode()));
                PeerProcess nginx = proxies.startNginxWithLogin(bridge.httpPort(), authority, users)) {
            awaitServing(nginx, "/api/session", "\"role\":\"operator\"");

            assertThat(run(curl, "-H", "Remote-Groups: printer-admins", SITE + "/api/session"))
                    .as("a client cannot send a group")
                    .contains("\"operator\"");
            assertThat(run(curl, SITE + "/api/printers")).contains("\"counts\"");
        }
    }

    /** Adds a user and logs in as one; the result is curl with the cookies. */
    private List<String> login() {
        String user = "{\"name\":\"anna\",\"role\":\"admin\",\"password\":\"long enough for all\"}";
        assertThat(status(curl, "-H", "Authorization: Bearer " + TOKEN, "-H", JSON, "-d", user, SITE + "/api/users"))
                .isEqualTo("201");
        String jar = folder.resolve("cookies").toString();
        List<String> browser = with(curl, "-b", jar, "-c", jar, "-H", JSON);
        String login = "{\"user\":\"anna\",\"password\":\"long enough for all\"}";
        assertThat(run(browser, "-D", "-", "-H", "Origin: https://farm.example", "-d", login, SITE + "/api/login"))
                .containsPattern("(?i)set-cookie: printer2mqtt_.*Secure")
                .contains("csrf");
        return browser;
    }

    private void awaitServing(PeerProcess proxy, String path, String expected) {
        Await.until("the proxy serves " + path, () -> {
            proxy.checkAlive();
            return run(curl, SITE + path).contains(expected);
        });
    }

    private static String snippet(String heading) {
        return DocumentedProxies.snippet(heading, "json");
    }

    private JsonObject configuration(String snippet) {
        JsonObject http = new JsonObject(snippet).getJsonObject("http");
        return RunningBridge.configuration(folder)
                .put("http", http.put("port", 0).put("token", TOKEN));
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }

    private String status(List<String> command, String... arguments) {
        return run(with(command, "-o", "/dev/null", "-w", "%{http_code}"), arguments);
    }

    private String run(List<String> command, String... arguments) {
        try {
            Path log = Files.createTempFile(folder, "run", ".log");
            try (PeerProcess process = PeerProcess.start(log, with(command, arguments))) {
                process.awaitEnd();
                return process.log();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
