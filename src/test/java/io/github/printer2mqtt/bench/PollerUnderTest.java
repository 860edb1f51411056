package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.baseline.MinimalPoller;
import io.github.printer2mqtt.bench.process.BridgeDirectory;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.ChildBridge;
import io.github.printer2mqtt.bench.process.ChildProcess;
import io.github.printer2mqtt.bench.process.Jvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program that polls a farm and publishes the results. */
interface PollerUnderTest {
    String BRIDGE = "printer2mqtt";
    String MINIMAL = "minimal Vert.x poller";
    String AIOHTTP = "aiohttp";

    String name();

    /** Starts it in a separate process. */
    Running start() throws IOException;

    /**
     * A running poller.
     *
     * @param pid of its process
     * @param bridge the bridge; null for another poller
     */
    record Running(long pid, @Nullable ChildBridge bridge, AutoCloseable end) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                end.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    static PollerUnderTest bridge(BridgeSetup setup, BridgeDirectory directory) {
        return new Program(BRIDGE, () -> {
            ChildBridge bridge = ChildBridge.start(setup, directory);
            return new Running(bridge.pid(), bridge, bridge);
        });
    }

    /** A minimal program that polls, parses and publishes in the same runtime. */
    static PollerUnderTest minimal(List<String> flags, MeasuredFarm farm, Duration interval, int brokerPort) {
        List<String> command = new ArrayList<>(List.of(Jvm.program("java")));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MinimalPoller.class.getName()));
        command.addAll(arguments(farm, interval, brokerPort));
        return new Program(MINIMAL, () -> launched(command));
    }

    /** A minimal program in Python. */
    static PollerUnderTest aiohttp(Path python, MeasuredFarm farm, Duration interval, int brokerPort) {
        List<String> command = new ArrayList<>(List.of(python.toString(), "bench/aiohttp_poller.py"));
        command.addAll(arguments(farm, interval, brokerPort));
        return new Program(AIOHTTP, () -> launched(command));
    }

    /** A Python with aiohttp, from PRINTER2MQTT_BENCH_PYTHON, the cache of test programs, or /usr/bin; null if there is none. */
    static @Nullable Path pythonWithAiohttp() throws IOException {
        List<String> candidates = new ArrayList<>();
        String named = System.getenv("PRINTER2MQTT_BENCH_PYTHON");
        if (named != null) {
            candidates.add(named);
        }
        candidates.add(System.getProperty("user.home") + "/.cache/printer2mqtt-peers/aiohttp/bin/python");
        candidates.add("/usr/bin/python3");
        for (String candidate : candidates) {
            if (Files.isExecutable(Path.of(candidate)) && hasAiohttp(candidate)) {
                return Path.of(candidate);
            }
        }
        return null;
    }

    private static boolean hasAiohttp(String python) throws IOException {
        Process trial = new ProcessBuilder(python, "-c", "import aiohttp")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        ChildProcess.awaitEnd(trial);
        return trial.exitValue() == 0;
    }

    private static List<String> arguments(MeasuredFarm farm, Duration interval, int brokerPort) {
        return List.of(
                farm.registrationsFile().toString(), Long.toString(interval.toMillis()), Integer.toString(brokerPort));
    }

    private static Running launched(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        return new Running(process.pid(), null, () -> ChildProcess.end(process));
    }

    /** Starts a poller. */
    interface Launch {
        Running start() throws IOException;
    }

    /** A poller with a name. */
    record Program(String name, Launch launch) implements PollerUnderTest {
        @Override
        public Running start() throws IOException {
            return launch.start();
        }
    }
}
