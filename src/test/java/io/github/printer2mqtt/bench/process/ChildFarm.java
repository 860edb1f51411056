package io.github.printer2mqtt.bench.process;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Simulated printers in a separate process. */
public final class ChildFarm implements AutoCloseable {
    private final Process process;
    private final JsonArray registrations;

    private ChildFarm(Process process, JsonArray registrations) {
        this.process = process;
        this.registrations = registrations;
    }

    public static ChildFarm start(FarmKind kind) throws IOException {
        Process process = new ProcessBuilder(
                        Jvm.program("java"),
                        Jvm.EXIT_WITHOUT_MEMORY,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FarmProcess.class.getName(),
                        kind.name())
                .redirectError(Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the process of the simulated printers ended during its start");
        }
        return new ChildFarm(process, new JsonArray(line));
    }

    /** The registration of each printer, as JSON. */
    public List<JsonObject> registrations() {
        return registrations.stream().map(JsonObject.class::cast).toList();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        ChildProcess.awaitEnd(process);
    }
}
