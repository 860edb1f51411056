package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.printer2mqtt.testing.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * packaging/install.sh against a local server that plays the page of the releases, with a real small package. Only what would
 * change this machine or describes another one is a program of the test: apt-get, id, uname, dpkg-query.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class InstallScriptIT {
    private static final String NAME = "printer2mqtt_0.2.0_all.deb";

    @TempDir
    private Path folder;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private HttpServer server;
    private Path programs;
    private byte[] deb;

    record Result(int code, String output) {}

    @BeforeEach
    void publishARelease() throws Exception {
        Peers.program("dpkg-deb");
        Peers.program("curl");
        deb = Files.readAllBytes(smallPackage());
        files.put("/latest/download/" + NAME, deb);
        files.put("/latest/download/SHA256SUMS", sums(deb));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] file = files.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        server.start();
        programs = Files.createDirectory(folder.resolve("programs"));
        program(
                "apt-get",
                "echo \"apt-get $*\"; for last; do :; done; [ ! -f \"$last\" ] || cp \"$last\" " + installed());
        program("id", "echo 0");
        program("uname", "echo aarch64");
        program("dpkg-query", "exit 1");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void installsTheNewestRelease() throws Exception {
        Result result = run();

        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("apt-get install -y -q --no-install-recommends /")
                .contains(NAME);
        assertThat(Files.readAllBytes(installed())).isEqualTo(deb);
    }

    @Test
    void installsTheVersionThatIsNamed() throws Exception {
        files.put("/download/v0.2.0/" + NAME, deb);
        files.put("/download/v0.2.0/SHA256SUMS", sums(deb));
        files.remove("/latest/download/SHA256SUMS");

        assertThat(run("0.2.0").code()).isZero();
        assertThat(installed()).exists();
        Result missing = run("0.3.0");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.output()).contains("cannot download").contains("/download/v0.3.0/SHA256SUMS");
    }

    @Test
    void installsAFileWithoutANetwork() throws Exception {
        server.stop(0);
        Path file = Files.write(folder.resolve(NAME), deb);

        assertThat(run(file.toString()).code()).isZero();
        assertThat(Files.readAllBytes(installed())).isEqualTo(deb);
    }

    @Test
    void installsNothingWithAnotherChecksum() throws Exception {
        byte[] changed = deb.clone();
        changed[changed.length - 1] ^= 1;
        files.put("/latest/download/" + NAME, changed);

        Result result = run();
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("is not that of SHA256SUMS; nothing was installed");
        assertThat(installed()).doesNotExist();
    }

    @Test
    void installsNothingThatIsInstalledAlready() throws Exception {
        program("dpkg-query", "echo '0.2.0 installed'");

        Result result = run();
        assertThat(result.code()).isZero();
        assertThat(result.output()).isEqualTo("printer2mqtt 0.2.0 is installed already.\n");
    }

    @Test
    void saysWhyAComputerIsUnsuitable() throws Exception {
        program("uname", "echo armv6l");
        assertThat(run().output()).contains("found a processor of type armv6l").contains("expected ARMv7 or later");

        program("uname", "echo armv7l");
        program("dpkg", "echo riscv64");
        assertThat(run().output()).contains("found the architecture riscv64, expected amd64, arm64, armhf or i386");

        program("id", "echo 1000");
        assertThat(run().output()).contains("found an ordinary user, expected root; run it with sudo");
        assertThat(installed()).doesNotExist();
    }

    @Test
    void rejectsNamesThatAreNoPackage() throws Exception {
        files.put(
                "/latest/download/SHA256SUMS",
                ("0".repeat(64) + "  ../../etc/printer2mqtt_1_all.deb\n").getBytes(StandardCharsets.UTF_8));

        assertThat(run().output()).contains("names no package");
    }

    private Path installed() {
        return folder.resolve("installed.deb");
    }

    private void program(String name, String script) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static byte[] sums(byte[] file) throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        String lines = "0".repeat(64) + "  printer2mqtt.jar\n" + digest + "  " + NAME + "\n";
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    private Path smallPackage() throws Exception {
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("DEBIAN"));
        Files.writeString(
                root.resolve("DEBIAN/control"),
                "Package: printer2mqtt\nVersion: 0.2.0\nArchitecture: all\nMaintainer: a <a@b.invalid>\nDescription: a\n");
        Path file = folder.resolve("small.deb");
        Process made = new ProcessBuilder("dpkg-deb", "--root-owner-group", "-b", root.toString(), file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "packaging/install.sh"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder script =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        script.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        script.environment()
                .put(
                        "PRINTER2MQTT_RELEASES",
                        "http://127.0.0.1:" + server.getAddress().getPort());
        Process process = script.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(output));
    }
}
