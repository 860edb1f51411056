package io.github.printer2mqtt.bench;

import io.github.printer2mqtt.bench.nodes.NodesBenchmark;
import io.github.printer2mqtt.bench.nodes.NodesKillBenchmark;
import io.github.printer2mqtt.bench.process.BridgeSetup;
import io.github.printer2mqtt.bench.process.FarmKind;
import io.github.printer2mqtt.bench.process.Machine;
import java.io.IOException;
import java.util.List;

/** Runs the named benchmarks, or all, and prints their tables as Markdown. Linux only, because it reads /proc. */
final class Benchmarks {
    private static final String EXPECTED =
            "any of sequential12, sequential62, load, footprint and unreachable; or farms, scale, serving, stream, push, pushed, soak, mixed, nodes or nodes-kill with options";

    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> names = arguments.length == 0
                ? List.of("sequential12", "sequential62", "load", "footprint", "unreachable")
                : List.of(arguments);
        List<String> rest = names.subList(1, names.size());
        try {
            switch (names.get(0)) {
                case "farms" -> new FarmsBenchmark(FarmsOptions.of(rest)).run();
                case "scale" -> new FarmsBenchmark(FarmsOptions.of(rest).withFarm(FarmsBenchmark.largest())).run();
                case "serving" -> new ServingBenchmark(FarmsOptions.of(rest)).run();
                case "stream" -> new StreamBenchmark(FarmsOptions.of(rest)).run();
                case "push" -> new PushBenchmark(FarmsOptions.of(rest)).run();
                case "soak" -> {
                    if (!new SoakBenchmark(SoakOptions.of(rest)).run()) {
                        System.exit(1);
                    }
                }
                case "mixed" -> {
                    if (!new MixedBenchmark(SoakOptions.of(rest)).run()) {
                        System.exit(1);
                    }
                }
                case "nodes" -> {
                    if (!NodesBenchmark.of(rest).run()) {
                        System.exit(1);
                    }
                }
                case "nodes-kill" -> {
                    if (!new NodesKillBenchmark(SoakOptions.of(rest).length()).run()) {
                        System.exit(1);
                    }
                }
                case "pushed" -> {
                    if (!PushedBenchmark.of(rest).run()) {
                        System.exit(1);
                    }
                }
                default -> runAll(names);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void runAll(List<String> names) throws IOException, InterruptedException {
        Machine.print();
        for (String name : names) {
            run(name);
        }
    }

    private static void run(String name) throws IOException, InterruptedException {
        switch (name) {
            case "sequential12" -> new SequentialComparisonBenchmark(FarmKind.WORKSHOP_12, 5).run();
            case "sequential62" -> new SequentialComparisonBenchmark(FarmKind.FARM_62, 3).run();
            case "load" -> {
                BridgeSetup none = BridgeSetup.standard();
                new LoadBenchmark(FarmKind.FARM_62, none).run();
                new LoadBenchmark(FarmKind.FARM_62, none.flags("-XX:+UseSerialGC", "-Xmx64m")).run();
                new LoadBenchmark(FarmKind.HEALTHY_62, none).run();
            }
            case "footprint" -> new FootprintBenchmark().run();
            case "unreachable" -> new UnreachableBenchmark().run();
            default -> throw new IllegalArgumentException("found " + name + ", expected " + EXPECTED);
        }
    }
}
