package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.files.TemporaryFolder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real PrusaLink for a Raspberry Pi, with a simulated MK3S on a pseudo terminal, in two processes on loopback. Its program is named by the environment variable {@code PRINTER2MQTT_PRUSALINK} or found on the path.
 */
public final class PrusaLink implements RealPrinter {
    private static final String API_KEY = "0123456789abcdef";
    public static final String USERNAME = "maker";
    public static final String PASSWORD = "not-a-secret";

    /** It waits 8 s for a printer to boot whenever it opens the serial port. */
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    /** The simulated printer's moves take an eighth of a second. */
    private static final int MOVES_A_SECOND = 8;

    private final Path folder;
    private final PeerProcess server;
    private final PeerHttpClient http;
    private PeerProcess printer;

    private PrusaLink(Path folder, PeerProcess printer, PeerProcess server, PeerHttpClient http) {
        this.folder = folder;
        this.printer = printer;
        this.server = server;
        this.http = http;
    }

    /** Configures and starts PrusaLink, and waits until its printer is idle. */
    public static PrusaLink start() {
        Path program = Peers.program("prusalink", "PRINTER2MQTT_PRUSALINK");
        int port = Ports.free();
        Path folder = folder();
        Path config = folder.resolve("prusalink.ini");
        try {
            Files.createDirectories(data(folder));
            Files.createDirectories(control(folder));
            Files.writeString(
                    config, CONFIG.replace("FOLDER", folder.toString()).replace("PORT", String.valueOf(port)));
            Files.writeString(
                    data(folder).resolve("prusa_printer_settings.ini"),
                    SETTINGS.replace("USERNAME", USERNAME)
                            .replace("DIGEST", digest())
                            .replace("API_KEY", API_KEY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PeerProcess printer = startPrinter(folder);
        PeerProcess server = PeerProcess.start(
                folder.resolve("output.log"), List.of(program.toString(), "-f", "-c", config.toString()));
        PrusaLink prusaLink = new PrusaLink(folder, printer, server, new PeerHttpClient(port, API_KEY));
        try {
            Await.until("PrusaLink has a printer", LONGEST_START, prusaLink::isIdle);
            return prusaLink;
        } catch (AssertionError e) {
            AssertionError withLog = new AssertionError(e.getMessage() + ": " + server.log(), e);
            prusaLink.close();
            throw withLog;
        }
    }

    @Override
    public int port() {
        return http.port();
    }

    @Override
    public String apiKey() {
        return API_KEY;
    }

    @Override
    public void print(String file, int seconds) {
        String gcode =
                "M140 S60\nM104 S215\nM190 S60\nM109 S215\nG28\n" + "G1 X10 E1\n".repeat(seconds * MOVES_A_SECOND);
        http.send(
                        "PUT",
                        "/api/v1/files/local/" + file,
                        Map.of("Content-Type", "text/x.gcode", "Print-After-Upload", "?1"),
                        gcode)
                .expect(201);
    }

    /** The printer as PrusaLink reports it. */
    public JsonObject printer() {
        return http.get("/api/v1/status").getJsonObject("printer");
    }

    @Override
    public String state() {
        return printer().getString("state");
    }

    /** The job as PrusaLink reports it; null if there is none. */
    public @Nullable JsonObject job() {
        PeerHttpClient.Response response = http.send("GET", "/api/v1/job", Map.of(), null);
        return response.status() == 204
                ? null
                : new JsonObject(response.expect(200).body());
    }

    /** Cancels the running print in PrusaLink, if there is one. */
    public void cancelPrint() {
        JsonObject job = job();
        if (job != null) {
            http.send("DELETE", "/api/v1/job/" + job.getLong("id"), Map.of(), null)
                    .expect(204);
        }
    }

    /** Makes the printer wait for its user. */
    public void wantAttention() {
        try {
            Files.createFile(control(folder).resolve("attention"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the wait of {@link #wantAttention}. */
    public void attend() {
        try {
            Files.deleteIfExists(control(folder).resolve("attention"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Switches the printer off while PrusaLink continues. */
    public void switchOff() {
        printer.kill();
        Await.until("PrusaLink notices", () -> state().equals("ERROR"));
    }

    /** Switches the printer on after {@link #switchOff}, and waits until PrusaLink has reconnected. */
    public void switchOn() {
        printer = startPrinter(folder);
        Await.until("PrusaLink is connected to its printer again", LONGEST_START, this::isIdle);
    }

    /** Waits until the printer is idle, which it is ten seconds after the end of a print. */
    public void awaitIdle() {
        Await.until("PrusaLink is idle", LONGEST_START, this::isIdle);
    }

    private boolean isIdle() {
        server.checkAlive();
        if (!http.isOk("/api/v1/status")) {
            return false;
        }
        JsonObject found = printer();
        // PrusaLink reports idle before it has queried the printer; a print that starts then would fail.
        return "IDLE".equals(found.getString("state"))
                && found.getDouble("temp_nozzle") != null
                && found.getJsonObject("status_printer").getBoolean("ok");
    }

    private static PeerProcess startPrinter(Path folder) {
        return PeerProcess.python(folder.resolve("printer.log"), "mk3s.py", folder.resolve("tty"), control(folder));
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    private static Path control(Path folder) {
        return folder.resolve("control");
    }

    /** Under target, since PrusaLink refuses a data folder under /tmp. */
    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "prusalink-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest() {
        try {
            String content = USERNAME + ":Administrator:" + PASSWORD;
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
        printer.close();
        TemporaryFolder.delete(folder);
    }

    private static final String CONFIG = """
            [daemon]
            data_dir = FOLDER/data
            pid_file = FOLDER/prusalink.pid

            [http]
            address = 127.0.0.1
            port = PORT

            [printer]
            port = FOLDER/tty
            directory = FOLDER/data/gcodes

            [cameras]
            auto_detect = False
            """;

    private static final String SETTINGS = """
            [printer]
            type = MK3S
            name = test

            [service::local]
            enable = 1
            username = USERNAME
            digest = DIGEST
            api_key = API_KEY
            """;
}
