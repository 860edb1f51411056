package io.github.printer2mqtt.bench.process;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.Ports;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Mosquitto on a free loopback port, without persistence. */
public final class ChildBroker implements AutoCloseable {
    private final Process process;
    private final Path configuration;
    private final int port;

    private ChildBroker(Process process, Path configuration, int port) {
        this.process = process;
        this.configuration = configuration;
        this.port = port;
    }

    /** @throws IOException if mosquitto is not installed */
    public static ChildBroker start() throws IOException {
        return start(Ports.free());
    }

    /** @throws IOException if mosquitto is not installed */
    public static ChildBroker start(int port) throws IOException {
        Path configuration = Files.createTempFile("mosquitto-", ".conf");
        Files.write(
                configuration,
                List.of(
                        "user root",
                        "persistence false",
                        "set_tcp_nodelay true",
                        "allow_anonymous true",
                        "listener " + port + " 127.0.0.1"));
        Process process = new ProcessBuilder(program(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        Await.until("mosquitto listens", Duration.ofSeconds(10), () -> listens(port));
        return new ChildBroker(process, configuration, port);
    }

    private static String program() {
        // Debian installs it in /usr/sbin, which is not on a user's PATH.
        return Files.isExecutable(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/mosquitto" : "mosquitto";
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public String url() {
        return "mqtt://127.0.0.1:" + port;
    }

    /** Kills it, as a power failure would. */
    public void kill() throws IOException {
        process.destroyForcibly();
        ChildProcess.awaitEnd(process);
        Files.deleteIfExists(configuration);
    }

    @Override
    public void close() throws IOException {
        ChildProcess.end(process);
        Files.deleteIfExists(configuration);
    }
}
