package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real Moonraker that requires its API key, with a simulated Klippy, in two processes on loopback. Its program is named by the environment variable {@code PRINTER2MQTT_MOONRAKER} or found on the path.
 */
public final class Moonraker implements RealPrinter {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final byte END = 3;

    private final Path folder;
    private final PeerProcess server;
    private final PeerHttpClient http;
    private PeerProcess klippy;

    private Moonraker(Path folder, PeerProcess klippy, PeerProcess server, PeerHttpClient http) {
        this.folder = folder;
        this.klippy = klippy;
        this.server = server;
        this.http = http;
    }

    /** Configures and starts Moonraker in an empty directory, and waits until its printer is ready. */
    public static Moonraker start(Path folder) {
        return start(folder, 50);
    }

    /** The same without web sockets: it answers the requests for them with an error. */
    public static Moonraker startWithoutWebSockets(Path folder) {
        return start(folder, 0);
    }

    private static Moonraker start(Path folder, int webSockets) {
        Path program = Peers.program("moonraker", "PRINTER2MQTT_MOONRAKER");
        int port = Ports.free();
        Path config = folder.resolve("moonraker.conf");
        Path socket = folder.resolve("moonraker.sock");
        try {
            Files.createDirectories(gcodes(folder));
            Files.writeString(
                    config,
                    CONFIG.replace("PORT", String.valueOf(port))
                            .replace("WEB_SOCKETS", String.valueOf(webSockets))
                            .replace("SOCKET", klippySocket(folder).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PeerProcess klippy = startKlippy(folder);
        PeerProcess server = PeerProcess.start(
                folder.resolve("output.log"),
                List.of(program.toString(), "-d", folder.toString(), "-c", config.toString(), "-u", socket.toString()));
        try {
            Await.until("Moonraker listens", LONGEST_START, () -> {
                server.checkAlive();
                return isListening(socket);
            });
            PeerHttpClient http = new PeerHttpClient(port, call(socket, "access.get_api_key"));
            Moonraker moonraker = new Moonraker(folder, klippy, server, http);
            Await.until(
                    "Moonraker has a printer",
                    LONGEST_START,
                    () -> moonraker.klippyState().equals("ready"));
            return moonraker;
        } catch (AssertionError e) {
            server.close();
            klippy.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return http.port();
    }

    @Override
    public String apiKey() {
        return http.apiKey();
    }

    @Override
    public void print(String file, int seconds) {
        String gcode = "M140 S60\nM104 S215\nG28\n" + "G4 P250\n".repeat(seconds * 4);
        http.upload("/server/files/upload", file, gcode, Map.of("print", "true"))
                .expect(201);
    }

    /** Runs G-code through Moonraker; the simulated Klippy also knows FILAMENT_RUNOUT and LOSE_MCU. */
    public void run(String gcode) {
        http.post("/printer/gcode/script", new JsonObject().put("script", gcode).encode())
                .expect(200);
    }

    /** An object of Klipper as Moonraker reports it. */
    public JsonObject object(String name) {
        return http.get("/printer/objects/query?" + name)
                .getJsonObject("result")
                .getJsonObject("status")
                .getJsonObject(name);
    }

    @Override
    public String state() {
        return object("print_stats").getString("state");
    }

    /** Moonraker's state of Klippy: ready, startup, shutdown, error or disconnected; none before Moonraker responds. */
    public String klippyState() {
        return !http.isOk("/server/info")
                ? "none"
                : http.get("/server/info").getJsonObject("result").getString("klippy_state");
    }

    /** File and status of the latest print in Moonraker's history; empty if there is none. */
    public String newestPrint() {
        JsonArray jobs = http.get("/server/history/list?limit=1&order=desc")
                .getJsonObject("result")
                .getJsonArray("jobs");
        if (jobs.isEmpty()) {
            return "";
        }
        JsonObject job = jobs.getJsonObject(0);
        return job.getString("filename") + " " + job.getString("status");
    }

    /** Kills Klippy while Moonraker continues. */
    public void killKlippy() {
        klippy.kill();
        Await.until("Moonraker has no printer", () -> klippyState().equals("disconnected"));
    }

    /** Starts Klippy again after {@link #killKlippy}, without a print. */
    public void restartKlippy() {
        klippy = startKlippy(folder);
        awaitReady();
    }

    /** Restarts Klipper's firmware, as a user does after a shutdown. */
    public void restartFirmware() {
        http.post("/printer/firmware_restart", "{}").expect(200);
        awaitReady();
    }

    private void awaitReady() {
        Await.until("Moonraker has a printer", () -> klippyState().equals("ready"));
    }

    private static PeerProcess startKlippy(Path folder) {
        return PeerProcess.python(folder.resolve("klippy.log"), "klippy.py", klippySocket(folder), gcodes(folder));
    }

    private static Path klippySocket(Path folder) {
        return folder.resolve("klippy.sock");
    }

    private static Path gcodes(Path folder) {
        return folder.resolve("gcodes");
    }

    /** The socket exists for a moment before Moonraker listens on it. */
    private static boolean isListening(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Calls a method over Moonraker's Unix socket, which requires no key. */
    private static String call(Path socket, String method) {
        String request = new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", method)
                .encode();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(StandardCharsets.UTF_8.encode(request + (char) END));
            ByteBuffer received = ByteBuffer.allocate(4096);
            while (channel.read(received) >= 0 && received.get(received.position() - 1) != END) {
                // The response is incomplete.
            }
            String text = new String(received.array(), 0, received.position() - 1, StandardCharsets.UTF_8);
            return new JsonObject(text).getString("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        klippy.close();
    }

    private static final String CONFIG = """
            [server]
            host: 127.0.0.1
            port: PORT
            max_websocket_connections: WEB_SOCKETS
            klippy_uds_address: SOCKET

            [authorization]

            [machine]
            provider: none
            validate_service: False

            [file_manager]
            enable_object_processing: False
            check_klipper_config_path: False

            [history]
            """;
}
