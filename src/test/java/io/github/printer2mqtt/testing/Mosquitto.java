package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.files.TemporaryFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Mosquitto on a free port of 127.0.0.1, without persistence. A test is skipped if Mosquitto is not installed.
 */
public final class Mosquitto implements BrokerPeer {
    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private Mosquitto(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** A broker without authentication. */
    public static Mosquitto open(int port) {
        return start(port, List.of("allow_anonymous true"), List.of());
    }

    /**
     * A broker that requires a user and password.
     *
     * @param access lines of the ACL file; empty to allow everything
     */
    public static Mosquitto withLogin(String username, String password, List<String> access) {
        Path folder = folder();
        Path passwords = folder.resolve("passwords");
        run(List.of(
                Peers.program("mosquitto_passwd").toString(), "-b", "-c", passwords.toString(), username, password));
        List<String> lines = new ArrayList<>(List.of("allow_anonymous false", "password_file " + passwords));
        if (!access.isEmpty()) {
            Path rules = write(folder.resolve("access"), access);
            lines.add("acl_file " + rules);
        }
        return start(folder, Ports.free(), lines, List.of());
    }

    /** A broker with a maximum packet size in bytes. */
    public static Mosquitto withLargestPacket(int bytes) {
        return start(Ports.free(), List.of("allow_anonymous true", "max_packet_size " + bytes), List.of());
    }

    /** A broker with an additional line in its listener's configuration. */
    public static Mosquitto configured(String line) {
        return start(Ports.free(), List.of("allow_anonymous true"), List.of(line));
    }

    /** A broker with TLS and the given certificates. */
    public static Mosquitto withTls(Path certificate, Path key) {
        return start(
                Ports.free(), List.of("allow_anonymous true"), List.of("certfile " + certificate, "keyfile " + key));
    }

    /**
     * A broker that requires a client certificate.
     *
     * @param openssl has its certificate {@code broker.pem}
     * @param authority signs the client certificates that it accepts
     * @param tls the only TLS version, as OpenSSL names it
     * @param line of the listener's configuration; empty for none
     */
    public static Mosquitto withClientCertificates(OpenSsl openssl, Path authority, String tls, String line) {
        Path folder = folder();
        write(
                folder.resolve("openssl.cnf"),
                List.of(
                        "openssl_conf = all",
                        "[all]",
                        "ssl_conf = tls",
                        "[tls]",
                        "system_default = versions",
                        "[versions]",
                        "MinProtocol = " + tls,
                        "MaxProtocol = " + tls));
        return start(
                folder,
                Ports.free(),
                List.of("allow_anonymous true"),
                List.of(
                        "certfile " + openssl.file("broker.pem"),
                        "keyfile " + openssl.file("broker.key"),
                        "cafile " + authority,
                        "require_certificate true",
                        line));
    }

    /** A broker with MQTT over web sockets. */
    public static Mosquitto withWebSockets() {
        return start(
                Ports.free(), List.of("allow_anonymous true"), List.of("protocol websockets", "socket_domain ipv4"));
    }

    private static Mosquitto start(int port, List<String> lines, List<String> listener) {
        return start(folder(), port, lines, listener);
    }

    private static Mosquitto start(Path folder, int port, List<String> lines, List<String> listener) {
        // Enough for a slow subscriber. Without a limit (0), mosquitto 2.0 closes a connection whose publish it denies.
        List<String> all = new ArrayList<>(
                List.of("user root", "persistence false", "set_tcp_nodelay true", "max_queued_messages 100000"));
        all.addAll(lines);
        if (listener.contains("protocol websockets")) {
            // A configuration with web sockets alone does not start.
            all.add("listener " + Ports.free() + " 127.0.0.1");
        }
        all.add("listener " + port + " 127.0.0.1");
        all.addAll(listener);
        write(folder.resolve("mosquitto.conf"), all);
        Mosquitto mosquitto = new Mosquitto(folder, port);
        mosquitto.restart();
        return mosquitto;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void restart() {
        File log = folder.resolve("mosquitto.log").toFile();
        try {
            ProcessBuilder program = new ProcessBuilder(
                            Peers.program("mosquitto").toString(),
                            "-c",
                            folder.resolve("mosquitto.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
            Path openssl = folder.resolve("openssl.cnf");
            if (Files.exists(openssl)) {
                program.environment().put("OPENSSL_CONF", openssl.toString());
            }
            process = program.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("mosquitto listens, see " + log, Duration.ofSeconds(10), this::listens);
    }

    private boolean listens() {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        kill();
        TemporaryFolder.delete(folder);
    }

    /** Runs a program, within 30 seconds. */
    public static void run(List<String> command) {
        run(Path.of("."), command);
    }

    /** The same in a folder. */
    static void run(Path folder, List<String> command) {
        try {
            Process program = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!program.waitFor(30, TimeUnit.SECONDS) || program.exitValue() != 0) {
                throw new AssertionError("failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("mosquitto-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, List<String> lines) {
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
