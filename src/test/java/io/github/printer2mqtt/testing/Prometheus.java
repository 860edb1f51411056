package io.github.printer2mqtt.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Prometheus on a free port of 127.0.0.1, and promtool. A test is skipped if they are not installed. */
public final class Prometheus implements AutoCloseable {
    private final PeerProcess process;
    private final int port;
    private final HttpApi api;

    private Prometheus(PeerProcess process, int port) {
        this.process = process;
        this.port = port;
        this.api = HttpApi.at(port);
    }

    /** @param folder for its data and its log */
    public static Prometheus start(Path folder, Path configuration) {
        int port = Ports.free();
        PeerProcess process = PeerProcess.start(
                folder.resolve("prometheus.log"),
                List.of(
                        Peers.program("prometheus").toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn"));
        Prometheus started = new Prometheus(process, port);
        Await.until("Prometheus is ready, see " + folder, Duration.ofSeconds(20), started::isReady);
        return started;
    }

    private boolean isReady() {
        process.checkAlive();
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        } catch (IOException e) {
            return false;
        }
        return api.get("/-/ready").statusCode() == 200;
    }

    /** The series that an expression gives now; fails if it is invalid. */
    public List<JsonObject> query(String expression) {
        HttpResponse<String> response =
                api.get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (response.statusCode() != 200) {
            throw new AssertionError(expression + ": " + response.body());
        }
        return objects(new JsonObject(response.body()).getJsonObject("data").getJsonArray("result"));
    }

    /** The labels of each alert that fires. */
    public List<JsonObject> firing() {
        JsonObject data = new JsonObject(api.get("/api/v1/alerts").body()).getJsonObject("data");
        return objects(data.getJsonArray("alerts")).stream()
                .filter(alert -> alert.getString("state").equals("firing"))
                .map(alert -> alert.getJsonObject("labels"))
                .toList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    /**
     * Runs promtool and returns what it prints; fails if it does not succeed within 30 seconds.
     *
     * @param input for its standard input
     */
    public static String promtool(Path folder, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Peers.program("promtool").toString()));
        command.addAll(List.of(arguments));
        try {
            Path stdin = Files.writeString(Files.createTempFile(folder, "promtool", ".in"), input);
            Path output = Files.createTempFile(folder, "promtool", ".out");
            Process running = new ProcessBuilder(command)
                    .redirectInput(stdin.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = running.waitFor(30, TimeUnit.SECONDS);
            String text = Files.readString(output);
            if (!ended || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new AssertionError(command + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
