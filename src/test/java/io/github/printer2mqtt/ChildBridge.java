package io.github.printer2mqtt;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a separate process with a configuration file, as users run it. */
final class ChildBridge implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("  API +http://127\\.0\\.0\\.1:(\\d+)/");

    private final Process process;
    private final Path output;

    private ChildBridge(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts the program and waits for its banner.
     *
     * @param options additional JVM options
     */
    public static ChildBridge start(Path folder, JsonObject configuration, String... options) {
        return launch(folder, configuration, options).awaitBanner();
    }

    /** Starts the program without waiting. */
    static ChildBridge launch(Path folder, JsonObject configuration, String... options) {
        List<String> program = new ArrayList<>(List.of(options));
        program.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return launch(program, folder, configuration);
    }

    /** Starts the program with a limit of open files, {@code ulimit -n}, without waiting. */
    static ChildBridge launchWithFiles(int limit, Path folder, JsonObject configuration) {
        return launchWithFiles(limit, folder, configuration, "run");
    }

    /** The same with another command that starts a bridge. */
    static ChildBridge launchWithFiles(int limit, Path folder, JsonObject configuration, String command) {
        Process process = startFromClasses(withLimit("-n " + limit), folder, configuration, List.of(command));
        return new ChildBridge(process, folder.resolve("output.log"));
    }

    /** Starts a packaged program without waiting. */
    static ChildBridge launchJar(Path jar, Path folder, JsonObject configuration) {
        return launch(List.of("-jar", jar.toString()), folder, configuration);
    }

    /** Starts a command of the program without waiting. */
    static Process command(Path folder, JsonObject configuration, String... command) {
        return startFromClasses(List.of(), folder, configuration, List.of(command));
    }

    /** Starts a command that cannot write files larger than so many blocks, {@code ulimit -f}, without waiting. */
    static Process commandWithLargestFile(int blocks, Path folder, JsonObject configuration, String... command) {
        return startFromClasses(withLimit("-f " + blocks), folder, configuration, List.of(command));
    }

    private static List<String> withLimit(String limit) {
        return List.of("sh", "-c", "ulimit " + limit + " && exec \"$@\"", "sh");
    }

    private static Process startFromClasses(
            List<String> shell, Path folder, JsonObject configuration, List<String> arguments) {
        List<String> program = List.of("-cp", System.getProperty("java.class.path"), Main.class.getName());
        return start(shell, program, folder, configuration, arguments);
    }

    private static ChildBridge launch(List<String> program, Path folder, JsonObject configuration) {
        return new ChildBridge(
                start(List.of(), program, folder, configuration, List.of("run")), folder.resolve("output.log"));
    }

    private static Process start(
            List<String> shell, List<String> program, Path folder, JsonObject configuration, List<String> arguments) {
        Path file = folder.resolve("config.json");
        try {
            Files.writeString(file, configuration.encode());
            List<String> command = new ArrayList<>(shell);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1"));
            command.addAll(program);
            command.addAll(arguments);
            command.addAll(List.of("--config", file.toString()));
            ProcessBuilder process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile());
            // Removes the variables that enable optional tests, which the program does not know.
            process.environment().keySet().removeIf(name -> name.startsWith("PRINTER2MQTT_"));
            return process.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed its banner, and returns it. */
    ChildBridge awaitBanner() {
        Await.until("the banner of the bridge, see " + output, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the bridge exited: " + lines());
            }
            return banner().find();
        });
        return this;
    }

    HttpApi api() {
        return HttpApi.at(httpPort());
    }

    int httpPort() {
        Matcher banner = banner();
        if (!banner.find()) {
            throw new AssertionError("no banner: " + lines());
        }
        return Integer.parseInt(banner.group(1));
    }

    private Matcher banner() {
        return PORT.matcher(String.join("\n", lines()));
    }

    /** The lines that it has printed so far. */
    List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process like a power cut. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends SIGTERM, as a service manager does. */
    void stop() {
        process.destroy();
    }

    /** Waits up to 10 seconds and returns the exit code. */
    int awaitExit() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the bridge did not exit: " + lines());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
