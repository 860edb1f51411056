package io.github.printer2mqtt.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux and its virtual machine say of a process.
 *
 * @param pid of the process
 */
record ProcessFigures(long pid) {
    private static final int TICK_MILLIS = 10;

    /** Resident memory in MB. */
    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024 / 1_000_000)
                .findFirst()
                .orElseThrow();
    }

    /** Processor time since the start, in user and kernel mode. */
    Duration processorTime() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The name of the program stands in brackets and may hold spaces.
        List<String> fields = words(stat.substring(stat.lastIndexOf(')') + 2));
        long ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    /** Used heap in MB, with what the next collection will free. */
    long heapMegabytes() throws IOException {
        Process jstat = new ProcessBuilder(Jvm.program("jstat"), "-gc", Long.toString(pid)).start();
        List<String> lines = new String(jstat.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        ChildProcess.awaitEnd(jstat);
        List<String> names = words(lines.get(0));
        List<String> values = words(lines.get(1));
        double kibibytes = Stream.of("S0U", "S1U", "EU", "OU")
                .mapToDouble(name -> Double.parseDouble(values.get(names.indexOf(name))))
                .sum();
        return Math.round(kibibytes * 1_024 / 1_000_000);
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+", -1));
    }
}
