package io.github.printer2mqtt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of a real or simulated program; its output is appended to a log file. */
public final class PeerProcess implements AutoCloseable {
    private static final long LONGEST_END_SECONDS = 60;

    private final Path log;
    private final Process process;

    private PeerProcess(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /** Starts a command, without waiting. */
    public static PeerProcess start(Path log, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new PeerProcess(log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a Python script of {@code src/test/resources/peers}. */
    static PeerProcess python(Path log, String script, Path... arguments) {
        URL resource = PeerProcess.class.getResource("/peers/" + script);
        if (resource == null) {
            throw new AssertionError("no script " + script);
        }
        try {
            List<String> command = new ArrayList<>(List.of(
                    Peers.program("python3").toString(),
                    Path.of(resource.toURI()).toString()));
            for (Path argument : arguments) {
                command.add(argument.toString());
            }
            return start(log, command);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails with the log if the process has ended. */
    public void checkAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("ended with " + process.exitValue() + ": " + log());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process ends, within a minute. */
    public void awaitEnd() {
        try {
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("not ended within " + LONGEST_END_SECONDS + " s: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Kills it and its children, as a power cut would. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        kill();
    }
}
