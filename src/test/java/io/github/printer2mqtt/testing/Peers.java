package io.github.printer2mqtt.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the real programs that tests run against. A test whose program is missing is skipped, or fails where the environment has
 * {@code PRINTER2MQTT_PEERS=required}.
 */
public final class Peers {
    private Peers() {}

    /** The path of a program, from an environment variable or the usual places. */
    public static Path program(String name, String variable) {
        String named = System.getenv(variable);
        if (named != null && Files.isExecutable(Path.of(named))) {
            return Path.of(named);
        }
        return program(name);
    }

    /** The path of a program in the usual places. */
    public static Path program(String name) {
        Path found = find(name);
        if (found != null) {
            return found;
        }
        String missing = name + " is not installed";
        if ("required".equals(System.getenv("PRINTER2MQTT_PEERS"))) {
            throw new AssertionError(missing);
        }
        Assumptions.abort(missing);
        throw new AssertionError("unreachable");
    }

    private static @Nullable Path find(String name) {
        String path = System.getenv("PATH");
        List<String> folders = path == null ? List.of() : List.of(path.split(":", -1));
        return Stream.concat(folders.stream(), Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
