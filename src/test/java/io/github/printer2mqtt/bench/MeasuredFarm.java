package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.process.ChildProcess;
import io.github.printer2mqtt.bench.process.Jvm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The measuring farm in a separate process; see {@code bench/farm}. */
final class MeasuredFarm implements AutoCloseable {
    private static final String MAIN = "io.github.printer2mqtt.bench.farm.FarmMain";

    private final Process process;
    private final BufferedReader output;
    private final JsonObject about;
    private final Path registrations;

    private MeasuredFarm(Process process, BufferedReader output, JsonObject about, Path registrations) {
        this.process = process;
        this.output = output;
        this.about = about;
        this.registrations = registrations;
    }

    /**
     * @param name such as F62
     * @param brokerPort port of the broker to which the farm subscribes whenever it is available
     * @param spares number of healthy printers in addition to the registered ones
     */
    static MeasuredFarm start(String name, int brokerPort, int spares) throws IOException {
        Path registrations = Files.createTempFile("farm-", ".json");
        Process process = new ProcessBuilder(
                        Jvm.program("java"),
                        Jvm.EXIT_WITHOUT_MEMORY,
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN,
                        name,
                        "--spares",
                        Integer.toString(spares),
                        "--registrations",
                        registrations.toString(),
                        "--mqtt",
                        "127.0.0.1:" + brokerPort)
                .redirectError(Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        return new MeasuredFarm(process, output, read(output), registrations);
    }

    private static JsonObject read(BufferedReader output) throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the farm's process has ended");
        }
        return new JsonObject(line);
    }

    /** The registrations of the printers. */
    List<JsonObject> registrations() throws IOException {
        return objects(new JsonArray(Files.readString(registrations)));
    }

    Path registrationsFile() {
        return registrations;
    }

    List<JsonObject> spares() {
        return objects(about.getJsonArray("spares"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>();
        array.forEach(entry -> objects.add((JsonObject) entry));
        return objects;
    }

    int printers() {
        return about.getInteger("printers");
    }

    int healthy() {
        return about.getInteger("healthy");
    }

    /** How printers that drop SYNs behave on this machine. */
    String droppingIs() {
        return about.getString("dropping_is");
    }

    /** Resets all figures; to be called when a poller starts. */
    void mark() throws IOException {
        send("mark");
    }

    void begin() throws IOException {
        send("begin");
    }

    /** The figures since {@link #begin}. */
    JsonObject end() throws IOException {
        return send("end");
    }

    private JsonObject send(String command) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return read(output);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        ChildProcess.awaitEnd(process);
        Files.deleteIfExists(registrations);
    }
}
