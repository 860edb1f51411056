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
 * The farm's process. Prints one line of JSON at its start (what it is), then one for each command that it reads from its
 * standard input, and ends with it: {@code mark} (forget everything, the bridge starts now), {@code begin} (a window),
 * {@code end} (its figures), {@code window SECONDS} (begin, wait, end).
 */
final class FarmMain {
    static final String USAGE = """
            usage: bench/farm NAME [--port N] [--seed N] [--spares N] [--registrations FILE] [--mqtt HOST:PORT] \
            [--base TOPIC] [--every SECONDS]
              NAME             F12 F62 F1k F10k H62 X62, F20000 (any size, a sixth dead), H500 (healthy), D1000 (switched off)
              --registrations  where to write what POST /api/printers/import takes
              --mqtt           the broker to listen at, for the time from the answer to the subscriber and false offlines
              --every          print the figures of a window of so many seconds, again and again
              standard input   mark | begin | end | window SECONDS; its end ends the farm""";

    private final FarmServer station;
    private final StalenessRecorder clock;
    private final @Nullable LatencySubscriber ear;

    private FarmMain(FarmServer station, StalenessRecorder clock, @Nullable LatencySubscriber ear) {
        this.station = station;
        this.clock = clock;
        this.ear = ear;
    }

    public static void main(String[] arguments) throws Exception {
        FarmArguments options;
        FarmPlan recipe;
        try {
            options = FarmArguments.of(arguments);
            recipe = FarmPlan.named(options.farm(), options.seed());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        FarmMain farm = open(options, recipe);
        if (options.every() > 0) {
            thread("figures", () -> farm.tell(options.every()));
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            farm.obey(line.strip());
        }
        System.exit(0);
    }

    private static FarmMain open(FarmArguments options, FarmPlan recipe) throws IOException {
        ServerSocketChannel listener = FarmServer.listen(options.port());
        BlackHole hole = BlackHole.open("0.0.0.0", 0);
        List<FarmPrinter> sites =
                sites(recipe, options.spares(), listener.socket().getLocalPort(), hole.port());
        long now = System.nanoTime();
        ResponseTimestamps departures = new ResponseTimestamps(sites.size());
        StalenessRecorder clock = new StalenessRecorder(sites, now);
        FarmServer station = FarmServer.open(listener, sites, clock, departures, options.seed());
        InetSocketAddress broker = options.broker();
        LatencySubscriber ear =
                broker == null ? null : new LatencySubscriber(broker, options.base(), sites, departures);
        thread("printers", station);
        if (ear != null) {
            thread("subscriber", ear);
        }
        introduce(options, recipe, sites, hole.dropsConnects());
        return new FarmMain(station, clock, ear);
    }

    private static List<FarmPrinter> sites(FarmPlan recipe, int spares, int port, int hole) throws IOException {
        int nobody;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = probe.getLocalPort();
        }
        List<PrinterBehaviour> kinds = new ArrayList<>(recipe.kinds());
        for (int i = 0; i < spares; i++) {
            kinds.add(PrinterBehaviour.SPARE);
        }
        List<FarmPrinter> sites = new ArrayList<>();
        for (PrinterBehaviour kind : kinds) {
            int at = kind == PrinterBehaviour.DROPPING ? hole : kind == PrinterBehaviour.REFUSED ? nobody : port;
            sites.add(new FarmPrinter(sites.size(), kind, Protocol.of(sites.size()), at));
        }
        return sites;
    }

    private static void introduce(FarmArguments options, FarmPlan recipe, List<FarmPrinter> sites, boolean drops)
            throws IOException {
        JsonArray registrations = new JsonArray();
        JsonArray spares = new JsonArray();
        for (FarmPrinter site : sites) {
            (site.kind() == PrinterBehaviour.SPARE ? spares : registrations).add(site.registration());
        }
        Path file = options.registrations();
        if (file != null) {
            Files.writeString(file, registrations.encode());
        }
        System.out.println(new JsonObject()
                .put("farm", recipe.name())
                .put("printers", registrations.size())
                .put(
                        "healthy",
                        recipe.kinds().stream()
                                .filter(kind -> kind == PrinterBehaviour.HEALTHY)
                                .count())
                .put("dropping_is", drops ? "dropping" : "silent, this system does not drop")
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

    private void tell(int seconds) {
        begin();
        while (true) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
            System.out.println(end().encode());
        }
    }

    private void obey(String command) {
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
            clock.forget(System.nanoTime());
            station.sockets().forget();
            return new JsonObject();
        });
        if (ear != null) {
            ear.forget();
        }
    }

    private void begin() {
        onStation(() -> {
            clock.open(System.nanoTime());
            station.longestTurnMillis();
            return new JsonObject();
        });
        if (ear != null) {
            ear.open();
        }
    }

    private JsonObject end() {
        JsonObject window = onStation(() -> clock.close(System.nanoTime())
                .put("sockets", station.sockets().told())
                .put("farm_stood_still_ms", station.longestTurnMillis()));
        if (ear != null) {
            ear.close(window);
        }
        return window;
    }

    /** What the farm's thread says. */
    private JsonObject onStation(Supplier<JsonObject> work) {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        station.order(() -> answer.complete(work.get()));
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the farm's thread does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
