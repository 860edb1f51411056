package io.github.printer2mqtt.bench.process;

import io.github.printer2mqtt.files.TemporaryFolder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The temporary folder of one bridge, with its database and log. */
public record BridgeDirectory(Path folder) implements AutoCloseable {
    private static final int AT_ONCE = 1_000;

    public static BridgeDirectory open() throws IOException {
        return new BridgeDirectory(Files.createTempDirectory("printer2mqtt-bench-"));
    }

    Path database() {
        return folder.resolve("bench.db");
    }

    Path log() {
        return folder.resolve("bridge.log");
    }

    /** Registers printers so that the next bridge in this folder finds them in its database. */
    public void register(List<JsonObject> registrations) throws IOException {
        try (ChildBridge bridge = ChildBridge.start(BridgeSetup.standard(), this)) {
            for (int from = 0; from < registrations.size(); from += AT_ONCE) {
                bridge.register(registrations.subList(from, Math.min(from + AT_ONCE, registrations.size())));
            }
        }
    }

    @Override
    public void close() {
        TemporaryFolder.delete(folder);
    }
}
