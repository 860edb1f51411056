package io.github.printer2mqtt.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Figures of a process from Linux and its JVM.
 *
 * @param pid of the process
 */
public record ProcessStats(long pid) {
    private static final int TICK_MILLIS = 10;

    /** The serial collector fills gaps with arrays, which count as live except after every fourth full collection. */
    private static final int COLLECTIONS = 4;

    /** Resident memory in MB. */
    public long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024 / 1_000_000)
                .findFirst()
                .orElseThrow();
    }

    /** CPU time since the start, in user and kernel mode. */
    public Duration processorTime() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The program's name is in parentheses and may contain spaces.
        List<String> fields = words(stat.substring(stat.lastIndexOf(')') + 2));
        long ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    /** CPU time of all threads, more precise than {@link #processorTime} if the kernel provides it. */
    public Duration schedulerTime() throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                nanos += nanosOf(thread);
            }
        }
        return nanos == 0 ? processorTime() : Duration.ofNanos(nanos);
    }

    private static long nanosOf(Path thread) throws IOException {
        try {
            return Long.parseLong(
                    words(Files.readString(thread.resolve("schedstat"))).get(0));
        } catch (NoSuchFileException e) {
            // The thread has just ended, or the kernel does not provide this figure.
            return 0;
        }
    }

    public int threads() throws IOException {
        return entries("task");
    }

    public int descriptors() throws IOException {
        return entries("fd");
    }

    private int entries(String name) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/" + name))) {
            return (int) all.count();
        }
    }

    /** Live heap in MB, counted by object after a full collection. */
    public double liveHeapMegabytes() throws IOException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            least = Math.min(least, reachableBytes() / 1_000_000.0);
        }
        return least;
    }

    private long reachableBytes() throws IOException {
        Process histogram = new ProcessBuilder(Jvm.program("jcmd"), Long.toString(pid), "GC.class_histogram").start();
        List<String> lines = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("Total"))
                .toList();
        ChildProcess.awaitEnd(histogram);
        return Long.parseLong(words(lines.get(0)).get(2));
    }

    /** Used heap in MB, including garbage. */
    public long heapMegabytes() throws IOException {
        return Math.round(usedHeap());
    }

    private double usedHeap() throws IOException {
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
        return kibibytes * 1_024 / 1_000_000;
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+", -1));
    }
}
