package io.github.printer2mqtt.bench.nodes;

import io.github.printer2mqtt.bench.process.Machine;
import io.github.printer2mqtt.bench.report.Table;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.nodes.Breach;
import io.github.printer2mqtt.nodes.History;
import io.github.printer2mqtt.nodes.NodeSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Three nodes whose printers print short jobs, while nodes are killed, stopped where they are and restarted every 30 to 120 s.
 * Fails if the history breaks a rule.
 */
public final class NodesKillBenchmark {
    private static final int PRINTERS = 100;
    private static final int SHOWN = 30;
    private static final long SEED = 13;
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final long TICK_NANOS = Duration.ofMillis(250).toNanos();
    private static final long REPORT_MILLIS = Duration.ofMinutes(5).toMillis();

    private final Duration length;

    public NodesKillBenchmark(Duration length) {
        this.length = length;
    }

    /** Runs for the whole length, or until a rule is broken; true if none is. */
    public boolean run() throws IOException {
        Path folder = Files.createTempDirectory("printer2mqtt-nodes-");
        String machine = Machine.text();
        try (NodeSet nodes = NodeSet.open(folder, LEASE, INTERVAL, PRINTERS)) {
            List<String> program = NodeSet.program("io.github.printer2mqtt.Main");
            for (String name : List.of("a", "b", "c")) {
                nodes.add(name, program);
            }
            nodes.register();
            RandomKills kills = new RandomKills(nodes, new Random(SEED), LEASE);
            RandomPrints prints = new RandomPrints(nodes.farm(), new Random(SEED));
            play(nodes, kills, prints);
            kills.restoreAll();
            nodes.awaitPolledAfter(System.currentTimeMillis());
            nodes.farm().awaitShown(nodes.farm().printers());
            return print(nodes, kills, machine);
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private void play(NodeSet nodes, RandomKills kills, RandomPrints prints) {
        long begin = System.currentTimeMillis();
        long report = begin + REPORT_MILLIS;
        for (long now = begin; now - begin < length.toMillis(); now = System.currentTimeMillis()) {
            kills.tick(now);
            prints.tick(now);
            if (now >= report) {
                report = now + REPORT_MILLIS;
                System.err.println(kills.counts() + ", epoch " + nodes.holder().epoch());
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private boolean print(NodeSet nodes, RandomKills kills, String machine) throws IOException {
        History history = nodes.history();
        List<Breach> breaches = nodes.newBreaches();
        Table.title("Three nodes, " + PRINTERS + " printers, random kills for " + length);
        Table.head("what", "how often");
        kills.counts().forEach((what, times) -> Table.row(what, times.toString()));
        Table.row("requests at printers", Integer.toString(history.requests().size()));
        Table.row("changes of prints", Integer.toString(history.changes().size()));
        Table.row("events", Long.toString(count(history, "/event")));
        Table.row("commands", Integer.toString(history.commands().size()));
        Table.row(
                "commands that reached their printer",
                Long.toString(history.requests().stream()
                        .filter(request -> request.line().startsWith("PUT "))
                        .count()));
        Table.row("answers to commands", Long.toString(count(history, "/response/pause")));
        Table.row("last epoch", Long.toString(nodes.holder().epoch()));
        Table.note(machine + " Load average at the end " + Machine.load() + ".");
        breaches.stream().limit(SHOWN).forEach(breach -> System.out.println("- FAULT: " + breach));
        System.out.println(breaches.size() + " fault(s).");
        return breaches.isEmpty();
    }

    private static long count(History history, String topic) {
        return history.messages().stream()
                .filter(message -> message.topic().contains("/printers/")
                        && message.topic().endsWith(topic))
                .count();
    }
}
