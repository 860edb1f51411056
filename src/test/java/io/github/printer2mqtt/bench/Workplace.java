package io.github.printer2mqtt.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The temporary folder of one bridge: its database and its log. */
record Workplace(Path folder) implements AutoCloseable {
    static Workplace open() throws IOException {
        return new Workplace(Files.createTempDirectory("printer2mqtt-bench-"));
    }

    Path database() {
        return folder.resolve("bench.db");
    }

    Path log() {
        return folder.resolve("bridge.log");
    }

    /** Registers a farm, so that the next bridge of this place finds it in its database. */
    void register(ChildFarm farm) throws IOException {
        try (ChildBridge bridge = ChildBridge.start(BridgeSetup.standard(), this)) {
            bridge.register(farm.registrations());
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
