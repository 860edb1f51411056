package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node as a process that can be killed, stopped where it is, and started again. Not thread-safe. */
public final class NodeProcess implements AutoCloseable {
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    private final String name;
    private final int httpPort;
    private final Path folder;
    private final List<String> program;
    private @Nullable Process process;

    /**
     * A node that does not run yet.
     *
     * @param program command line up to the name of the command
     * @param configuration its config.json, with the port of the API
     */
    public NodeProcess(String name, Path folder, List<String> program, JsonObject configuration) {
        this.name = name;
        this.httpPort = configuration.getJsonObject("http").getInteger("port");
        this.folder = folder;
        this.program = program;
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("config.json"), configuration.encode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, without waiting. */
    public void start() {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("run", "--config", folder.resolve("config.json").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        // Removes the variables that enable optional tests, which the program does not know.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PRINTER2MQTT_"));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    public HttpApi api() {
        return HttpApi.at(httpPort);
    }

    public long pid() {
        return running().pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("node " + name + " was not started");
        }
        return process;
    }

    /** What it printed since its first start. */
    public Path log() {
        return folder.resolve("output.log");
    }

    /** Waits until it answers that it is alive, working or standing by. */
    public void awaitAlive() {
        Await.until("node " + name + " is alive, see " + log(), Duration.ofSeconds(60), () -> {
            if (!isAlive()) {
                throw new AssertionError("node " + name + " ended: " + text());
            }
            return answers("/health/live");
        });
    }

    private boolean answers(String path) {
        try {
            return api().get(path).statusCode() == 200;
        } catch (AssertionError e) {
            return false; // it does not listen yet
        }
    }

    private String text() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, as a power cut. */
    public void kill() {
        running().destroyForcibly();
        awaitEnd();
    }

    /** Asks it to stop, as a service manager does, and waits for its end. */
    public void terminate() {
        running().destroy();
        awaitEnd();
    }

    /** Stops it where it is, with all its connections open. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("no " + signal + " for node " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void awaitEnd() {
        try {
            if (!running().waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("node " + name + " did not end: " + text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
