package io.github.printer2mqtt.bench.nodes;

import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.process.ProcessStats;
import io.github.printer2mqtt.bench.report.Table;
import io.github.printer2mqtt.cluster.Ownership.Holder;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.nodes.Breach;
import io.github.printer2mqtt.nodes.History;
import io.github.printer2mqtt.nodes.History.Request;
import io.github.printer2mqtt.nodes.NodeProcess;
import io.github.printer2mqtt.nodes.NodeSet;
import io.github.printer2mqtt.nodes.ObservedPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Three nodes with printing printers: the cost of the one that works, of one that stands by and of the database, and the time
 * until others poll after a kill.
 */
public final class NodesBenchmark {
    private static final int DEFAULT_PRINTERS = 3_000;
    private static final int KILLS = 5;
    private static final int SHOWN = 30;
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final String COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";
    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

    private final int printers;

    private NodesBenchmark(int printers) {
        this.printers = printers;
    }

    /** @throws IllegalArgumentException with a message for the user */
    public static NodesBenchmark of(List<String> arguments) {
        if (arguments.size() > 1 || arguments.stream().anyMatch(text -> !text.matches("[1-9]\\d{0,4}"))) {
            throw new IllegalArgumentException(
                    "found " + String.join(" ", arguments) + ", expected a number of printers");
        }
        return new NodesBenchmark(arguments.isEmpty() ? DEFAULT_PRINTERS : Integer.parseInt(arguments.get(0)));
    }

    /** Measures; true if no rule was broken. */
    public boolean run() throws IOException {
        Path folder = Files.createTempDirectory("printer2mqtt-nodes-");
        String machine = Machine.text();
        try (NodeSet nodes = NodeSet.open(folder, LEASE, INTERVAL, printers)) {
            List<String> program = NodeSet.program("io.github.printer2mqtt.Main");
            for (String name : List.of("a", "b", "c")) {
                nodes.add(name, program);
            }
            nodes.register();
            nodes.farm().printers().forEach(ObservedPrinter::print);
            nodes.farm().awaitShown(nodes.farm().printers());
            Table.title("Three nodes with " + printers + " printing printers, each polled every " + INTERVAL.toSeconds()
                    + " s, lease " + LEASE.toSeconds() + " s");
            Table.note(machine);
            LockSupport.parkNanos(WARM_UP.toNanos());
            costs(nodes);
            takeOvers(nodes);
            List<Breach> breaches = nodes.newBreaches();
            breaches.stream().limit(SHOWN).forEach(breach -> System.out.println("- FAULT: " + breach));
            Table.note(breaches.size() + " fault(s). Load average at the end " + Machine.load() + ".");
            return breaches.isEmpty();
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private static void costs(NodeSet nodes) throws IOException {
        String working = nodes.holder().node();
        Map<String, Long> before = processorMillis(nodes);
        long commits = number(nodes, COMMITS);
        long wal = number(nodes, WAL);
        LockSupport.parkNanos(WINDOW.toNanos());
        commits = number(nodes, COMMITS) - commits;
        wal = number(nodes, WAL) - wal;
        Map<String, Long> after = processorMillis(nodes);
        double seconds = WINDOW.toSeconds();
        System.out.println();
        Table.head("process", "processor", "resident");
        for (NodeProcess node : nodes.nodes()) {
            ProcessStats stats = new ProcessStats(node.pid());
            Table.row(
                    "node " + node.name() + (node.name().equals(working) ? ", works" : ", stands by"),
                    share(after.getOrDefault(node.name(), 0L) - before.getOrDefault(node.name(), 0L), seconds),
                    stats.residentMegabytes() + " MB");
        }
        Table.row(
                "PostgreSQL",
                share(after.getOrDefault("PostgreSQL", 0L) - before.getOrDefault("PostgreSQL", 0L), seconds),
                String.format(
                        Locale.ROOT, "%.1f commits and %.0f bytes of log a second", commits / seconds, wal / seconds));
    }

    private static String share(long millis, double seconds) {
        return String.format(Locale.ROOT, "%.1f %% of a core", millis / seconds / 10);
    }

    private static long number(NodeSet nodes, String sql) {
        return Long.parseLong(nodes.postgres().sql(nodes.databaseName(), sql));
    }

    private static Map<String, Long> processorMillis(NodeSet nodes) throws IOException {
        Map<String, Long> millis = new LinkedHashMap<>();
        for (NodeProcess node : nodes.nodes()) {
            millis.put(node.name(), new ProcessStats(node.pid()).processorTime().toMillis());
        }
        long server = 0;
        for (long pid : nodes.postgres().pids()) {
            server += new ProcessStats(pid).processorTime().toMillis();
        }
        millis.put("PostgreSQL", server);
        return millis;
    }

    private static void takeOvers(NodeSet nodes) {
        System.out.println();
        Table.head("kill -9", "first printer polled again", "all polled again");
        for (int kill = 1; kill <= KILLS; kill++) {
            Holder before = nodes.holder();
            NodeProcess victim = nodes.node(before.node());
            long killed = System.currentTimeMillis();
            victim.kill();
            Holder after = nodes.awaitTakeOver(before);
            long first = Long.MAX_VALUE;
            Map<String, Long> polled = firstPolls(nodes.history(), after.epoch());
            long last = 0;
            for (long at : polled.values()) {
                first = Math.min(first, at);
                last = Math.max(last, at);
            }
            Table.row(
                    before.node() + " to " + after.node(),
                    String.format(Locale.ROOT, "%.1f s", (first - killed) / 1_000.0),
                    String.format(Locale.ROOT, "%.1f s", (last - killed) / 1_000.0));
            victim.start();
            nodes.awaitStandby(victim.name());
        }
    }

    private static Map<String, Long> firstPolls(History history, long epoch) {
        Map<String, Long> first = new LinkedHashMap<>();
        for (Request request : history.requests()) {
            if (request.by() != null && request.by().epoch() == epoch) {
                first.putIfAbsent(request.printer(), request.at());
            }
        }
        return first;
    }
}
