package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package as {@code packaging/build} makes it of the built jar, with Debian's own tools. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class DebianPackageIT {
    /** In tenths: 0 is safe, 100 is exposed. */
    private static final String HIGHEST_EXPOSURE = "20";

    private static final int NOT_PERMITTED = 77;

    @TempDir
    private static Path folder;

    private static Path deb;
    private static Path extracted;

    record Result(int code, String output) {}

    @BeforeAll
    static void build() throws Exception {
        Peers.program("dpkg-deb");
        Assumptions.assumeTrue(
                Files.exists(Path.of("target/printer2mqtt.jar")), "target/printer2mqtt.jar is not built");
        Result built = run("packaging/build", "deb");
        assertThat(built.code()).as(built.output()).isZero();
        deb = Path.of(built.output().strip());
        extracted = folder.resolve("extracted");
        assertThat(run("dpkg-deb", "-R", deb.toString(), extracted.toString()).code())
                .isZero();
    }

    @Test
    void filesBelongToRootAndOnlyProgramsAreExecutable() throws Exception {
        List<String> files = run("dpkg-deb", "-c", deb.toString())
                .output()
                .lines()
                .map(line -> line.split(" +"))
                .map(columns -> columns[0] + " " + columns[1] + " " + columns[5])
                .filter(line -> !line.startsWith("d"))
                .toList();

        assertThat(files)
                .contains(
                        "-rwxr-xr-x root/root ./usr/bin/printer2mqtt",
                        "-rwxr-xr-x root/root ./usr/share/printer2mqtt/bin/printer2mqtt",
                        "-rw-r--r-- root/root ./usr/share/printer2mqtt/printer2mqtt.jar",
                        "-rw-r--r-- root/root ./usr/lib/systemd/system/printer2mqtt.service",
                        "-rw-r--r-- root/root ./etc/default/printer2mqtt",
                        "-rw-r--r-- root/root ./usr/share/doc/printer2mqtt/copyright")
                .allMatch(line -> line.startsWith("-rw-r--r-- root/root ")
                        || (line.startsWith("-rwxr-xr-x root/root ") && line.endsWith("bin/printer2mqtt")));
        assertThat(extracted.resolve("usr/share/printer2mqtt/bin/printer2mqtt"))
                .hasSameBinaryContentAs(Path.of("bin/printer2mqtt"));
    }

    @Test
    void versionOfASnapshotComesBeforeItsRelease() throws Exception {
        String version =
                run("dpkg-deb", "-f", deb.toString(), "Version").output().strip();

        assertThat(version).matches("\\d+\\.\\d+\\.\\d+(~\\w+)?");
        String release = version.replaceFirst("~.*", "") + ".1";
        assertThat(run("dpkg", "--compare-versions", version, "lt", release).code())
                .isZero();
        assertThat(Files.readString(extracted.resolve("DEBIAN/preinst"))).contains("new='" + version + "'");
    }

    @Test
    void scriptsPassShellcheck() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Peers.program("shellcheck").toString()));
        try (Stream<Path> files = Files.walk(Path.of("packaging"))) {
            command.addAll(files.filter(Files::isRegularFile)
                    .filter(DebianPackageIT::isShellScript)
                    .map(Path::toString)
                    .toList());
        }
        command.add("bin/printer2mqtt");
        command.add("home-assistant-app/run.sh");
        command.add("src/test/resources/packaging/lifecycle.sh");

        assertThat(command).contains("packaging/build", "packaging/deb/postinst");
        Result result = run(command.toArray(String[]::new));
        assertThat(result.code()).as(result.output()).isZero();
    }

    @Test
    void unitIsValidAndHardened() throws Exception {
        Peers.program("systemd-analyze");
        String unit =
                extracted.resolve("usr/lib/systemd/system/printer2mqtt.service").toString();
        // The program is not installed on this machine.
        Path copy = folder.resolve("printer2mqtt.service");
        Files.writeString(copy, Files.readString(Path.of(unit)).replace("/usr/bin/printer2mqtt run", "/bin/true run"));

        Result verified = run("systemd-analyze", "--man=no", "verify", copy.toString());
        assertThat(verified.code()).as(verified.output()).isZero();
        assertThat(verified.output()).doesNotContain(copy.toString());
        Result exposure = run(
                "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=" + HIGHEST_EXPOSURE, unit);
        assertThat(exposure.code()).as(exposure.output()).isZero();
    }

    @Test
    void installsUpgradesRemovesAndPurgesCleanly() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root can try packages on a copy of the system");
        Result permitted = run("unshare", "--mount", "true");
        Assumptions.assumeTrue(permitted.code() == 0, "this system permits no mounts: " + permitted.output());
        Result result = run(
                "unshare",
                "--mount",
                "sh",
                "src/test/resources/packaging/lifecycle.sh",
                withoutJar("0.0.9"),
                withoutJar(run("dpkg-deb", "-f", deb.toString(), "Version")
                        .output()
                        .strip()));

        Assumptions.assumeFalse(
                result.code() == NOT_PERMITTED, "this system does not permit overlays: " + result.output());
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).endsWith("all steps passed\n");
    }

    /** The package under another version; nothing in this test starts the jar, which only takes time. */
    private static String withoutJar(String version) throws Exception {
        Path copy = folder.resolve("copy-" + version);
        assertThat(run("cp", "-a", extracted.toString(), copy.toString()).code())
                .isZero();
        Files.writeString(copy.resolve("usr/share/printer2mqtt/printer2mqtt.jar"), version);
        replace(copy.resolve("DEBIAN/control"), "(?m)^Version: .*", "Version: " + version);
        replace(copy.resolve("DEBIAN/preinst"), "(?m)^new=.*", "new='" + version + "'");
        Path made = folder.resolve(version + ".deb");
        assertThat(run("dpkg-deb", "--root-owner-group", "-b", copy.toString(), made.toString())
                        .code())
                .isZero();
        return made.toString();
    }

    private static void replace(Path file, String pattern, String replacement) throws IOException {
        Files.writeString(file, Files.readString(file).replaceAll(pattern, replacement));
    }

    private static boolean isShellScript(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String start = new String(bytes, 0, Math.min(bytes.length, 20), StandardCharsets.ISO_8859_1);
            return start.startsWith("#!/bin/sh") || start.startsWith("#!/usr/bin/env bash");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        program.environment()
                .put(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin") + ":/usr/sbin:/sbin:" + System.getenv("PATH"));
        Process process = program.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " did not end: " + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
    }
}
