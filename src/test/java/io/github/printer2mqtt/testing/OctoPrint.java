package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real OctoPrint with its bundled virtual printer, in a process on loopback. Its program is named by the
 * environment variable {@code PRINTER2MQTT_OCTOPRINT} or found on the path.
 */
public final class OctoPrint implements RealPrinter {
    private static final String API_KEY = "0123456789ABCDEF0123456789ABCDEF";

    private final Path program;
    private final Path base;
    private final PeerHttpClient http;
    private @Nullable PeerProcess process;

    private OctoPrint(Path program, Path base, int port) {
        this.program = program;
        this.base = base;
        this.http = new PeerHttpClient(port, API_KEY);
    }

    /** Configures and starts OctoPrint in an empty directory. */
    public static OctoPrint start(Path base) {
        return start(base, Map.of());
    }

    /** The same without a push socket: it answers the requests for it with 404. */
    public static OctoPrint startWithoutWebSockets(Path base) {
        return start(base, Map.of("no_push.py", NO_PUSH));
    }

    private static OctoPrint start(Path base, Map<String, String> plugins) {
        OctoPrint octoprint = new OctoPrint(Peers.program("octoprint", "PRINTER2MQTT_OCTOPRINT"), base, Ports.free());
        octoprint.configure(plugins);
        octoprint.start();
        return octoprint;
    }

    @Override
    public int port() {
        return http.port();
    }

    @Override
    public String apiKey() {
        return API_KEY;
    }

    /** Starts it again on the same port after {@link #kill}. */
    public void start() {
        // The last argument permits root, as which builds often run.
        process = launch("serve", "--host", "127.0.0.1", "--port", String.valueOf(port()), "--iknowwhatimdoing");
        Await.until("OctoPrint responds", Duration.ofSeconds(90), () -> http.isOk("/api/version"));
    }

    /** Kills it, as a power cut would. */
    public void kill() {
        PeerProcess running = process;
        if (running != null) {
            running.kill();
        }
    }

    /** Connects the virtual printer. */
    public void connectPrinter() {
        http.post("/api/connection", "{\"command\":\"connect\",\"port\":\"VIRTUAL\",\"baudrate\":115200}")
                .expect(204);
        Await.until("the virtual printer is operational", () -> state().equals("Operational"));
    }

    /** Disconnects the virtual printer while the server continues. */
    public void disconnectPrinter() {
        http.post("/api/connection", "{\"command\":\"disconnect\"}").expect(204);
        Await.until("the virtual printer is disconnected", () -> state().equals("Offline"));
    }

    @Override
    public void print(String file, int seconds) {
        String gcode = "G28\n" + "G4 P250\n".repeat(seconds * 4);
        http.upload("/api/files/local", file, gcode, Map.of("select", "true", "print", "true"))
                .expect(201);
    }

    /** Pauses the running print in OctoPrint. */
    public void pausePrint() {
        http.post("/api/job", "{\"command\":\"pause\",\"action\":\"pause\"}").expect(204);
    }

    /** Resumes the paused print in OctoPrint. */
    public void resumePrint() {
        http.post("/api/job", "{\"command\":\"pause\",\"action\":\"resume\"}").expect(204);
    }

    /** Cancels the running print in OctoPrint. */
    public void cancelPrint() {
        http.post("/api/job", "{\"command\":\"cancel\"}").expect(204);
    }

    /** The job as OctoPrint reports it. */
    public JsonObject job() {
        return http.get("/api/job");
    }

    /** The heaters as OctoPrint reports them. */
    public JsonObject temperatures() {
        return http.get("/api/printer").getJsonObject("temperature");
    }

    @Override
    public String state() {
        return job().getString("state");
    }

    private void configure(Map<String, String> plugins) {
        try {
            Path folder = Files.createDirectories(base.resolve("plugins"));
            for (Map.Entry<String, String> plugin : plugins.entrySet()) {
                Files.writeString(folder.resolve(plugin.getKey()), plugin.getValue());
            }
            Files.writeString(base.resolve("config.yaml"), CONFIG);
            launch("user", "add", "bridge", "--password", "not-a-secret", "--admin")
                    .awaitEnd();
            Path users = base.resolve("users.yaml");
            String withKey = Files.readString(users).replace("apikey: null", "apikey: " + API_KEY);
            Files.writeString(
                    users, withKey.replaceAll("(?m)^  apikey: (?!" + API_KEY + ").*$", "  apikey: " + API_KEY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PeerProcess launch(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-b", base.toString()));
        command.addAll(List.of(arguments));
        return PeerProcess.start(base.resolve("output.log"), command);
    }

    @Override
    public void close() {
        kill();
    }

    private static final String NO_PUSH = """
            from octoprint.vendor.sockjs.tornado.transports.rawwebsocket import RawWebSocketTransport
            from tornado.web import HTTPError

            __plugin_name__ = "No push"
            __plugin_pythoncompat__ = ">=3,<4"


            def refuse(self):
                raise HTTPError(404)


            RawWebSocketTransport.prepare = refuse
            """;

    private static final String CONFIG = """
            server:
              firstRun: false
              onlineCheck:
                enabled: false
              pluginBlacklist:
                enabled: false
              seenWizards:
                classicwebcam: 1
                tracking: 1
                corewizard: 4
            accessControl:
              autologinLocal: false
            plugins:
              _disabled: [announcements, softwareupdate, tracking, pluginmanager, errortracking, discovery, backup, achievements]
              virtual_printer:
                enabled: true
            serial:
              port: VIRTUAL
              baudrate: 115200
              autoconnect: false
            """;
}
