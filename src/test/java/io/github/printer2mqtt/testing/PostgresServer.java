package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.text.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on a free port of 127.0.0.1, with files that are deleted at the end. A test is skipped if PostgreSQL is
 * not installed. It refuses to run as root, so it runs as user postgres then.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String ROLE = "bridge";
    public static final String PASSWORD = "correct horse";

    private static final String OWNER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable PostgresServer shared;

    private final Path folder;
    private final int port = Ports.free();
    private @Nullable Process process;

    private PostgresServer(Path folder) {
        this.folder = folder;
    }

    /** The one that tests share which do not stop it; it ends with this JVM. */
    public static synchronized PostgresServer shared() {
        PostgresServer running = shared;
        if (running == null) {
            running = start();
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            shared = running;
        }
        return running;
    }

    /** A server of one's own, with the role {@value #ROLE}. */
    public static PostgresServer start() {
        return start(Map.of(), List.of());
    }

    /** A server with the given certificate that speaks TLS with those who want it. */
    public static PostgresServer withTls(Path certificate, Path key) {
        return start(Map.of("server.crt", certificate, "server.key", key), List.of("ssl = on"));
    }

    /**
     * A server of one's own.
     *
     * @param files copied into the folder of its data
     * @param settings lines of postgresql.conf
     */
    private static PostgresServer start(Map<String, Path> files, List<String> settings) {
        Path initdb = program("initdb");
        try {
            Path folder = Files.createTempDirectory("postgres-");
            PostgresServer server = new PostgresServer(folder);
            Files.writeString(folder.resolve("password"), PASSWORD + "\n");
            server.giveToOwner();
            server.run(server.asOwner(List.of(
                    initdb.toString(),
                    "--pgdata=" + server.data(),
                    "--username=" + ROLE,
                    "--pwfile=" + folder.resolve("password"),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync")));
            List<String> lines = new ArrayList<>(List.of(
                    "listen_addresses = '127.0.0.1'",
                    "port = " + server.port,
                    "unix_socket_directories = ''",
                    // A killed server loses nothing by it, only a machine without power.
                    "fsync = off",
                    "max_connections = 60"));
            lines.addAll(settings);
            Files.write(server.data().resolve("postgresql.conf"), lines);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Path copy = Files.copy(file.getValue(), server.data().resolve(file.getKey()));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            }
            server.giveToOwner();
            server.restart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of its data, in which its settings may name files. */
    private Path data() {
        return folder.resolve("data");
    }

    /** Debian keeps the programs of each version in a folder of its own. */
    private static Path program(String name) {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(versions)) {
                for (Path version : found) {
                    Path program = version.resolve("bin").resolve(name);
                    if (Files.isExecutable(program)) {
                        return program;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Peers.program(name);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private List<String> asOwner(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        List<String> all =
                new ArrayList<>(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--clear-groups"));
        all.addAll(command);
        return all;
    }

    private void giveToOwner() {
        if (isRoot()) {
            Mosquitto.run(List.of("chown", "-R", OWNER, folder.toString()));
        }
    }

    /** Within two minutes, because a busy machine makes a new server slowly. */
    private void run(List<String> command) {
        try (PeerProcess program = PeerProcess.start(folder.resolve("initdb.log"), command)) {
            Await.until("a new server is made", Duration.ofMinutes(2), () -> !program.isAlive());
        }
    }

    /** Starts it, or starts it again after {@link #stop}. */
    public void restart() {
        Path log = folder.resolve("server.log");
        try {
            process = new ProcessBuilder(asOwner(List.of(program("postgres").toString(), "-D", data().toString())))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("PostgreSQL accepts connections, see " + log, Duration.ofMinutes(2), this::isReady);
    }

    private boolean isReady() {
        try {
            String text = Files.readString(folder.resolve("server.log"));
            return text.lastIndexOf("ready to accept connections") > text.lastIndexOf("starting PostgreSQL");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it at once, which closes all connections; a fast shutdown. */
    public void stop() {
        signal("INT", false);
        awaitEnd();
    }

    /** Kills it with all its processes, as a power cut would. */
    public void kill() {
        Process running = process;
        if (running != null) {
            signal("KILL", true);
            awaitEnd();
        }
    }

    /** Stops all its processes where they are: connections stay open, and nobody answers. */
    public void pause() {
        signal("STOP", true);
    }

    /** Lets them go on. */
    public void resume() {
        signal("CONT", true);
    }

    private void signal(String name, boolean all) {
        Process running = process;
        if (running == null) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(running.pid())));
        if (all) {
            running.descendants().forEach(child -> command.add(Long.toString(child.pid())));
        }
        try {
            // A child may have ended by itself meanwhile, which kill reports.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        Process running = process;
        try {
            if (running != null && !running.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("PostgreSQL did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public int port() {
        return port;
    }

    /** The processes of the server, which is running. */
    public List<Long> pids() {
        Process running = Objects.requireNonNull(process, "the server runs");
        return Stream.concat(Stream.of(running.pid()), running.descendants().map(ProcessHandle::pid))
                .toList();
    }

    /** The login at a new, empty database. */
    public DatabaseConfig.Server newDatabase() {
        String name = "bridge_" + DATABASES.incrementAndGet();
        sql("postgres", "CREATE DATABASE " + name);
        return login(name);
    }

    /** The login at a database. */
    public DatabaseConfig.Server login(String database) {
        return new DatabaseConfig.Server(
                new DatabaseUrl("127.0.0.1", port, database),
                ROLE,
                Secret.of(PASSWORD),
                DatabaseConfig.Tls.DISABLE,
                null);
    }

    /** Runs SQL in a database; returns what it printed, without headings. */
    public String sql(String database, String sql) {
        ProcessBuilder program = new ProcessBuilder(
                        Peers.program("psql").toString(),
                        "--no-psqlrc",
                        "--quiet",
                        "--tuples-only",
                        "--no-align",
                        "--set=ON_ERROR_STOP=1",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=" + ROLE,
                        "--dbname=" + database,
                        "--command=" + sql)
                .redirectErrorStream(true);
        program.environment().put("PGPASSWORD", PASSWORD);
        try {
            Process running = program.start();
            String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (running.waitFor() != 0) {
                throw new AssertionError(sql + ": " + printed);
            }
            return printed.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        kill();
        TemporaryFolder.delete(folder);
    }
}
