package io.github.printer2mqtt.bench.process;

import io.github.printer2mqtt.bench.report.MeasurementSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs the load generator wrk at maximum rate, if it is installed. */
public final class Wrk {
    private static final Pattern VALUE = Pattern.compile("(50|99)%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    private Wrk() {}

    public static boolean isInstalled() {
        return program() != null;
    }

    private static @Nullable Path program() {
        return List.of("/usr/bin/wrk", "/usr/local/bin/wrk").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Adds {@code rate}, and {@code p50} and {@code p99} in milliseconds; the prefix precedes each name. */
    public static void ask(
            int port, String path, String header, int connections, long seconds, MeasurementSeries into, String prefix)
            throws IOException {
        Process process = new ProcessBuilder(
                        String.valueOf(program()),
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--latency",
                        "-H",
                        header,
                        "http://127.0.0.1:" + port + path)
                .redirectErrorStream(true)
                .start();
        String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ChildProcess.awaitEnd(process);
        Matcher rate = RATE.matcher(report);
        if (!rate.find() || report.contains("Non-2xx")) {
            throw new IOException("wrk printed: " + report);
        }
        into.add(prefix + "rate", Double.parseDouble(rate.group(1)));
        Matcher value = VALUE.matcher(report);
        while (value.find()) {
            double factor = switch (value.group(3)) {
                case "us" -> 0.001;
                case "ms" -> 1;
                default -> 1_000;
            };
            into.add(prefix + "p" + value.group(1), factor * Double.parseDouble(value.group(2)));
        }
    }
}
