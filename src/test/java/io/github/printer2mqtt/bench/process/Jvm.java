package io.github.printer2mqtt.bench.process;

import io.github.printer2mqtt.Bridge;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Locates programs of the running JDK and the jar to measure. */
public final class Jvm {
    /** Makes a JVM exit when it is out of memory, rather than continue in part. */
    public static final String EXIT_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    private Jvm() {}

    public static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** The shipped jar, so that the bridge is measured as users run it. */
    static Path bridgeJar() {
        try {
            Path directory = Path.of(Bridge.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.isRegularFile(directory)) {
                throw new IllegalStateException("the bridge is loaded from " + directory
                        + ", expected its jar; start the benchmark with bench/run");
            }
            return directory;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
