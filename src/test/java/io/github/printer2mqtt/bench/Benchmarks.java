package io.github.printer2mqtt.bench;

import java.io.IOException;
import java.util.List;

/** Runs the benchmarks that are named, or all, and prints their tables as Markdown. Linux only: it reads /proc. */
final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Machine.print();
        List<String> names = arguments.length == 0
                ? List.of("story", "story62", "load", "footprint", "unreachable")
                : List.of(arguments);
        for (String name : names) {
            run(name);
        }
    }

    private static void run(String name) throws IOException, InterruptedException {
        switch (name) {
            case "story" -> new StoryBenchmark(FarmKind.WORKSHOP_12, 5).run();
            case "story62" -> new StoryBenchmark(FarmKind.FARM_62, 3).run();
            case "load" -> {
                BridgeSetup none = BridgeSetup.standard();
                new LoadBenchmark(FarmKind.FARM_62, none).run();
                new LoadBenchmark(FarmKind.FARM_62, none.flags("-XX:+UseSerialGC", "-Xmx64m")).run();
                new LoadBenchmark(FarmKind.HEALTHY_62, none).run();
            }
            case "footprint" -> new FootprintBenchmark().run();
            case "unreachable" -> new UnreachableBenchmark().run();
            default ->
                throw new IllegalArgumentException(
                        "found " + name + ", expected story, story62, load, footprint or unreachable");
        }
    }
}
