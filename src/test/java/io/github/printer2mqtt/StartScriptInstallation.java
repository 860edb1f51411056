package io.github.printer2mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder with a copy of {@code bin/printer2mqtt} and a jar, as users install them.
 *
 * @param folder holds {@code bin} and the jar
 * @param environment variables for the script, which sees no other one but PATH
 */
record StartScriptInstallation(Path folder, Map<String, String> environment) {
    private static final String EXECUTABLE = "rwxr-xr-x";

    /**
     * A program in place of Java: it prints its options and arguments, one a line, writes an archive when told to, and fails if
     * the environment has FAILURE.
     */
    private static final String FAKE_JAVA = """
            #!/bin/sh
            for option; do
              case $option in -XX:SharedArchiveFile=*) file=${option#*=} ;; -Xshare:dump) dumps=yes ;; esac
            done
            if [ -n "${FAILURE-}" ]; then echo "$FAILURE"; exit 1; fi
            if [ -n "${dumps-}" ]; then echo classes >"$file"; fi
            printf '%s\\n' "$@"
            """;

    /** How a run ended and what it printed. */
    record Result(int code, List<String> lines) {}

    /** Copies the script beside a jar. */
    static StartScriptInstallation of(Path folder, Path jar, Map<String, String> environment) throws IOException {
        Path script = Files.createDirectories(folder.resolve("bin")).resolve("printer2mqtt");
        Files.copy(Path.of("bin", "printer2mqtt"), script);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(EXECUTABLE));
        Files.copy(jar, folder.resolve("printer2mqtt.jar"));
        return new StartScriptInstallation(folder.toRealPath(), environment);
    }

    /** One whose jar is empty, with a program in place of Java that says that it is a version. */
    static StartScriptInstallation withFakeJava(Path folder, String version) throws IOException {
        Path home = folder.resolve("java " + version);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, FAKE_JAVA);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString(EXECUTABLE));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path jar = Files.createFile(folder.resolve("empty.jar"));
        return of(folder.resolve("installation"), jar, Map.of("JAVA_HOME", home.toString()));
    }

    StartScriptInstallation with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new StartScriptInstallation(folder, Map.copyOf(more));
    }

    Path script() {
        return folder.resolve("bin").resolve("printer2mqtt");
    }

    /** The folder of its Java. */
    Path javaHome() {
        return Path.of(Objects.requireNonNull(environment.get("JAVA_HOME")));
    }

    Path jar() {
        return folder.resolve("printer2mqtt.jar");
    }

    /** The archives in a folder, also those that are being made. */
    static List<Path> archives(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".jsa")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the script in its folder; standard output and error go to one file. */
    Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(arguments));
        return start(output, folder, command);
    }

    Process start(Path output, Path directory, List<String> command) throws IOException {
        ProcessBuilder program = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        program.environment().keySet().retainAll(List.of("PATH"));
        program.environment().putAll(environment);
        return program.start();
    }

    /** Runs the script in its folder to its end. */
    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(arguments));
        return run(folder, command);
    }

    Result run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".log");
        Process process = start(output, directory, command);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readAllLines(output));
    }
}
