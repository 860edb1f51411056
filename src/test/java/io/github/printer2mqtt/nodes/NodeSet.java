package io.github.printer2mqtt.nodes;

import io.github.printer2mqtt.cluster.Ownership.Holder;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.nodes.Breach.Rule;
import io.github.printer2mqtt.nodes.History.Change;
import io.github.printer2mqtt.nodes.History.Request;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.PostgresServer;
import io.github.printer2mqtt.testing.TcpProxy;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Nodes with a PostgreSQL server and a mosquitto of their own, each reached through a proxy of each node that a test cuts, and the
 * printers that they keep. Everything that happens is recorded.
 */
public final class NodeSet implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration EVENTS_BOUND = Duration.ofSeconds(10);
    private static final long EVENTS_LOOK_NANOS = 50_000_000;
    private static final int AT_ONCE = 1_000;

    private final Path folder;
    private final Duration lease;
    private final NodeConfiguration configuration;
    private final Vertx vertx = Vertx.vertx();
    private final Recorder recorder = new Recorder();
    private final PostgresServer postgres;
    private final DatabaseConfig.Server database;
    private final Mosquitto mosquitto;
    private final MqttObserver observer;
    private final ObservedFarm farm;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Set<Breach> known = new HashSet<>();

    private record Member(NodeProcess process, TcpProxy database, TcpProxy broker) {}

    private NodeSet(Path folder, Duration lease, Duration interval, int printers) {
        this.folder = folder;
        this.lease = lease;
        postgres = PostgresServer.start();
        database = postgres.newDatabase();
        configuration = new NodeConfiguration(database, lease, interval);
        mosquitto = Mosquitto.open(Ports.free());
        observer = MqttObserver.connect(mosquitto.port(), recorder);
        farm = ObservedFarm.start(vertx, printers, observer, recorder);
    }

    /**
     * Starts servers and printers, and no node.
     *
     * @param folder of the nodes' files
     * @param interval between the polls of a printer
     */
    public static NodeSet open(Path folder, Duration lease, Duration interval, int printers) {
        return new NodeSet(folder, lease, interval, printers);
    }

    /**
     * The command line of a program from the class path.
     *
     * @param mainClass its name
     * @param options of the virtual machine
     */
    public static List<String> program(String mainClass, String... options) {
        List<String> program = new ArrayList<>();
        program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        program.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Xmx256m", "-XX:+UseSerialGC"));
        program.addAll(List.of(options));
        program.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return program;
    }

    /** Adds a node and starts it, without waiting. */
    public NodeProcess add(String name, List<String> program) {
        TcpProxy toDatabase = TcpProxy.to(vertx, postgres.port());
        TcpProxy toBroker = TcpProxy.to(vertx, mosquitto.port());
        NodeProcess node = new NodeProcess(
                name, folder.resolve(name), program, configuration.of(name, toDatabase.port(), toBroker.port()));
        members.put(name, new Member(node, toDatabase, toBroker));
        node.start();
        return node;
    }

    /** Registers all printers at the node that works, and waits until they are polled. */
    public void register() {
        HttpApi api = awaitWorking().api();
        List<JsonObject> all = farm.registrations();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<JsonObject> part = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            HttpApi.json(api.send("POST", "/api/printers/import", new JsonArray(part).encode()), 200);
        }
        awaitPolledAfter(System.currentTimeMillis());
        farm.awaitShown(farm.printers());
    }

    /** The node that serves its API as the one that works. Each node answers. */
    private NodeProcess awaitWorking() {
        List<NodeProcess> working = new ArrayList<>();
        members.values().forEach(member -> member.process().awaitAlive());
        Await.until("a node works", BOUND, () -> {
            for (Member member : members.values()) {
                if (member.process().api().get("/api/printers").statusCode() == 200) {
                    working.add(member.process());
                }
            }
            return !working.isEmpty();
        });
        return working.get(0);
    }

    public NodeProcess node(String name) {
        return member(name).process();
    }

    public Collection<NodeProcess> nodes() {
        return members.values().stream().map(Member::process).toList();
    }

    /** The way of a node to the database. */
    public TcpProxy toDatabase(String node) {
        return member(node).database();
    }

    /** The way of a node to the broker. */
    public TcpProxy toBroker(String node) {
        return member(node).broker();
    }

    private Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return member;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /** The name of the database of the nodes. */
    public String databaseName() {
        return database.url().database();
    }

    public Recorder recorder() {
        return recorder;
    }

    public ObservedFarm farm() {
        return farm;
    }

    /** Restarts the broker, which loses all retained messages. */
    public void restartBroker() {
        mosquitto.kill();
        mosquitto.restart();
        observer.reconnect();
    }

    /** Which node asked a printer last, and its epoch. */
    public Holder holder() {
        Request last = recorder.last();
        if (last == null || last.by() == null) {
            throw new AssertionError("no printer was asked by a node: " + last);
        }
        return last.by();
    }

    /** Waits until each printer was polled under a newer epoch, and returns which. */
    public Holder awaitTakeOver(Holder before) {
        Await.until(
                "each printer is polled by another than " + before,
                BOUND,
                () -> recorder.allNewest(last -> last.by() != null && last.by().epoch() > before.epoch()));
        return holder();
    }

    /** Waits until each printer was polled after a Unix time in milliseconds. */
    public void awaitPolledAfter(long time) {
        Await.until(
                "each printer is polled after " + time,
                BOUND,
                () -> recorder.polledPrinters() == farm.printers().size()
                        && recorder.allNewest(last -> last.at() > time));
    }

    /** Waits until no printer was asked for some time. */
    public void awaitSilence(Duration length) {
        Await.until("no printer is asked for " + length, BOUND, () -> {
            Request last = recorder.last();
            return last != null && System.currentTimeMillis() - last.at() > length.toMillis();
        });
    }

    /** Waits until a node answers that it stands by. */
    public void awaitStandby(String node) {
        node(node).awaitAlive();
        Await.until("node " + node + " stands by", BOUND, () -> {
            try {
                return node(node).api().get("/api/printers").body().contains("\"standby\"");
            } catch (AssertionError e) {
                return false; // it does not listen while it changes its part
            }
        });
    }

    /** Waits until each running print is in the database, which is written behind: what is not there, the next node cannot know. */
    public void awaitStored() {
        Await.until("each running print is stored", BOUND, () -> {
            String running = postgres.sql(databaseName(), "SELECT running FROM job");
            return farm.printers().stream()
                    .filter(printer -> printer.state() == State.PRINTING)
                    .allMatch(printer -> running.contains('"' + printer.file() + '"'));
        });
    }

    /** Waits until each print that ended is in the history of the node that works. */
    public void awaitHistory() {
        Set<String> ended = history().changes().stream()
                .filter(change ->
                        change.type().equals("print_finished") || change.type().equals("print_cancelled"))
                .map(Change::file)
                .collect(Collectors.toSet());
        Await.until(
                "each ended print is in the history",
                BOUND,
                () -> Set.copyOf(filesInHistory()).containsAll(ended));
    }

    /** The files of the prints in the history of the node that works, up to 1,000. */
    public List<String> filesInHistory() {
        HttpApi api = node(holder().node()).api();
        return HttpApi.json(api.get("/api/history?limit=1000"), 200).getJsonArray("jobs").stream()
                .map(job -> ((JsonObject) job).getString("file"))
                .toList();
    }

    /** What was recorded so far. */
    public History history() {
        return recorder.history(lease, configuration.interval());
    }

    /** All breaches since the start. */
    public List<Breach> breaches() {
        observer.catchUp();
        return HistoryChecker.check(history());
    }

    /** The breaches since the start that no call returned before. Events that are still on their way get some time. */
    public List<Breach> newBreaches() {
        long end = System.nanoTime() + EVENTS_BOUND.toNanos();
        while (breaches().stream().anyMatch(breach -> breach.rule() == Rule.LOST_EVENT && !known.contains(breach))
                && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(EVENTS_LOOK_NANOS);
        }
        List<Breach> found = new ArrayList<>(breaches());
        found.removeAll(known);
        known.addAll(found);
        return found;
    }

    @Override
    public void close() {
        nodes().forEach(NodeProcess::close);
        observer.close();
        Await.done(vertx.close());
        mosquitto.close();
        postgres.close();
    }
}
