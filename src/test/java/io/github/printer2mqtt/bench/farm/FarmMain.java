package io.github.printer2mqtt.bench.farm;

import io.github.printer2mqtt.simulator.server.BlackHole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The farm's process. Prints a line of JSON that describes the farm, then one for each command from standard input, and exits
 * at its end. Commands: {@code mark} (reset; the bridge starts now), {@code begin} (start a window), {@code end} (print its
 * figures), {@code window SECONDS} (begin, wait, end).
 */
final class FarmMain {
    static final String USAGE = """
            usage: bench/farm NAME [--port N] [--seed N] [--spares N] [--registrations FILE] [--mqtt HOST:PORT] \
            [--base TOPIC] [--every SECONDS]
              NAME             F12 F62 F1k F10k H62 X62, F20000 (any size, a sixth dead), H500 (healthy), D1000 (switched off)
              --registrations  the file to write, for POST /api/printers/import
              --mqtt           the broker to subscribe to, for the latency to a subscriber and false offlines
              --every          print the figures of a window of so many seconds, repeatedly
              standard input   mark | begin | end | window SECONDS; the farm exits at its end""";

    private final FarmServer server;
    private final StalenessRecorder staleness;
    private final @Nullable LatencySubscriber subscriber;

    private FarmMain(FarmServer server, StalenessRecorder staleness, @Nullable LatencySubscriber subscriber) {
        this.server = server;
        this.staleness = staleness;
        this.subscriber = subscriber;
    }

    public static void main(String[] arguments) throws Exception {
        FarmArguments options;
        FarmPlan plan;
        try {
            options = FarmArguments.of(arguments);
            plan = FarmPlan.named(options.farm(), options.seed());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        FarmMain farm = open(options, plan);
        if (options.every() > 0) {
            thread("figures", () -> farm.printWindows(options.every()));
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            farm.execute(line.strip());
        }
        System.exit(0);
    }

    private static FarmMain open(FarmArguments options, FarmPlan plan) throws IOException {
        ServerSocketChannel listener = FarmServer.listen(options.port());
        BlackHole hole = BlackHole.open("0.0.0.0", 0);
        List<FarmPrinter> printers =
                printers(plan, options.spares(), listener.socket().getLocalPort(), hole.port());
        long now = System.nanoTime();
        ResponseTimestamps timestamps = new ResponseTimestamps(printers.size());
        StalenessRecorder staleness = new StalenessRecorder(printers, now);
        FarmServer server = FarmServer.open(listener, printers, staleness, timestamps, options.seed());
        InetSocketAddress broker = options.broker();
        LatencySubscriber subscriber =
                broker == null ? null : new LatencySubscriber(broker, options.base(), printers, timestamps);
        thread("printers", server);
        if (subscriber != null) {
            thread("subscriber", subscriber);
        }
        printDescription(options, plan, printers, hole.dropsConnects());
        return new FarmMain(server, staleness, subscriber);
    }

    private static List<FarmPrinter> printers(FarmPlan plan, int spares, int port, int hole) throws IOException {
        int nobody;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = probe.getLocalPort();
        }
        List<PrinterBehaviour> behaviours = new ArrayList<>(plan.behaviours());
        for (int i = 0; i < spares; i++) {
            behaviours.add(PrinterBehaviour.SPARE);
        }
        List<FarmPrinter> printers = new ArrayList<>();
        for (PrinterBehaviour behaviour : behaviours) {
            int at = behaviour == PrinterBehaviour.DROPPING
                    ? hole
                    : behaviour == PrinterBehaviour.REFUSED ? nobody : port;
            printers.add(new FarmPrinter(printers.size(), behaviour, Protocol.of(printers.size()), at));
        }
        return printers;
    }

    private static void printDescription(
            FarmArguments options, FarmPlan plan, List<FarmPrinter> printers, boolean drops) throws IOException {
        JsonArray registrations = new JsonArray();
        JsonArray spares = new JsonArray();
        for (FarmPrinter printer : printers) {
            (printer.behaviour() == PrinterBehaviour.SPARE ? spares : registrations).add(printer.registration());
        }
        Path file = options.registrations();
        if (file != null) {
            Files.writeString(file, registrations.encode());
        }
        System.out.println(new JsonObject()
                .put("farm", plan.name())
                .put("printers", registrations.size())
                .put(
                        "healthy",
                        plan.behaviours().stream()
                                .filter(behaviour -> behaviour == PrinterBehaviour.HEALTHY)
                                .count())
                .put("dropping_is", drops ? "dropping" : "silent, because this system does not drop SYNs")
                .put("registrations", file == null ? null : file.toString())
                .put("spares", spares)
                .encode());
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, cause) -> {
            cause.printStackTrace();
            System.exit(1);
        });
        thread.start();
    }

    private void printWindows(int seconds) {
        begin();
        while (true) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
            System.out.println(end().encode());
        }
    }

    private void execute(String command) {
        if (command.equals("mark")) {
            mark();
            System.out.println("{}");
        } else if (command.equals("begin")) {
            begin();
            System.out.println("{}");
        } else if (command.equals("end")) {
            System.out.println(end().encode());
        } else if (command.matches("window \\d{1,4}")) {
            begin();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(Integer.parseInt(command.substring(7))));
            System.out.println(end().encode());
        } else if (!command.isEmpty()) {
            System.out.println(new JsonObject()
                    .put("error", "found " + command + ", expected mark, begin, end or window SECONDS")
                    .encode());
        }
    }

    private void mark() {
        onStation(() -> {
            staleness.reset(System.nanoTime());
            server.sockets().reset();
            return new JsonObject();
        });
        if (subscriber != null) {
            subscriber.reset();
        }
    }

    private void begin() {
        onStation(() -> {
            staleness.open(System.nanoTime());
            server.longestTurnMillis();
            return new JsonObject();
        });
        if (subscriber != null) {
            subscriber.open();
        }
    }

    private JsonObject end() {
        JsonObject window = onStation(() -> staleness
                .close(System.nanoTime())
                .put("sockets", server.sockets().told())
                .put("farm_stood_still_ms", server.longestTurnMillis()));
        if (subscriber != null) {
            subscriber.close(window);
        }
        return window;
    }

    /** Runs a function on the farm's thread and returns its result. */
    private JsonObject onStation(Supplier<JsonObject> work) {
        CompletableFuture<JsonObject> result = new CompletableFuture<>();
        server.execute(() -> result.complete(work.get()));
        try {
            return result.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the farm's thread did not respond", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
