package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.StartScriptInstallation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/printer2mqtt} with a program in place of Java. {@code -Xshare:off} in a test keeps it from making an archive. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class StartScriptTest {
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";
    private static final String READABLE = "rwxr-xr-x";

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // by JUnit
    private StartScriptInstallation installation;

    @BeforeEach
    void install() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(READABLE));
        installation = StartScriptInstallation.withFakeJava(folder, "17.0.15");
    }

    @Test
    void argumentsArePassedOnUnchanged() throws IOException, InterruptedException {
        List<String> lines = installation
                .with("JAVA_OPTS", "-Xshare:off")
                .run("run", "--config", "my config.json", "*", "")
                .lines();
        assertThat(lines)
                .endsWith("-jar", installation.jar().toString(), "run", "--config", "my config.json", "*", "")
                .contains("-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC")
                .containsSubsequence(
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=CompileThresholdScaling,io.github.printer2mqtt.*::*,0.03")
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void shortCommandIsNotCompiledToTheFull() throws IOException, InterruptedException {
        assertThat(installation.run("printers", "list").lines())
                .contains("-XX:TieredStopAtLevel=1")
                .noneMatch(line -> line.startsWith("-XX:CompileCommand"));
    }

    @Test
    void heapIsAShareOfTheMemoryWithinBounds() throws IOException, InterruptedException {
        assertThat(installation.run("version").lines())
                .filteredOn(line -> line.startsWith("-Xmx"))
                .singleElement()
                .satisfies(heap -> assertThat(Integer.parseInt(heap.substring(4, heap.length() - 1)))
                        .isBetween(64, 512));
    }

    @Test
    void optionsOfTheUserReplaceThoseOfTheScript() throws IOException, InterruptedException {
        List<String> lines = installation
                .with("JAVA_OPTS", "-Xshare:off  -Xmx1g -XX:+UseG1GC")
                .run("run")
                .lines();
        assertThat(lines)
                .contains("-Xshare:off", "-Xmx1g", "-XX:+UseG1GC")
                .doesNotContain("-XX:+UseSerialGC", "-Xms24m");
        assertThat(lines.stream().filter(line -> line.startsWith("-Xmx"))).hasSize(1);
    }

    @Test
    void worksThroughSymbolicLinksFromAnyFolder() throws IOException, InterruptedException {
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(
                links.resolve("first"), links.relativize(installation.script().toAbsolutePath()));
        Files.createSymbolicLink(links.resolve("second"), Path.of("first"));
        for (List<String> command : List.of(
                List.of("./second", "version"),
                List.of("sh", "second", "version"),
                List.of(links.resolve("second").toString(), "version"))) {
            assertThat(installation.run(links, command).lines())
                    .as(command.toString())
                    .contains(installation.jar().toString());
        }
    }

    @Test
    void missingOrOldJavaIsOneLine() throws IOException, InterruptedException {
        String old = StartScriptInstallation.withFakeJava(Files.createDirectory(folder.resolve("old")), "1.8.0_352")
                .javaHome()
                .toString();
        assertThat(installation.with("JAVA_HOME", old).run("version"))
                .isEqualTo(failure("found Java 1.8.0_352 at " + old + "/bin/java, expected 17 or later"));
        assertThat(installation.with("JAVA_HOME", "/nowhere").run("version"))
                .isEqualTo(failure(
                        "JAVA_HOME is /nowhere, which has no bin/java; set it to the folder of Java 17 or later"));
        assertThat(installation
                        .with("JAVA_HOME", "")
                        .run(
                                folder,
                                List.of(
                                        "env",
                                        "PATH=" + pathWithoutJava(),
                                        installation.script().toString())))
                .isEqualTo(failure("no java on PATH; install Java 17 or later, or set JAVA_HOME to its folder"));
    }

    @Test
    void missingJarIsOneLine() throws IOException, InterruptedException {
        Files.delete(installation.jar());
        assertThat(installation.run("version"))
                .isEqualTo(failure("no printer2mqtt.jar in " + installation.folder() + " or " + installation.folder()
                        + "/target; build it with: mvn package -DskipTests"));
    }

    @Test
    void archiveIsUsedUntilTheJarOrTheJvmChanges() throws IOException, InterruptedException {
        assertThat(archiveInUse()).isEmpty();
        String archive = installation.run("archive").lines().get(0);
        assertThat(archiveInUse()).containsExactly(ARCHIVE + archive);
        Files.setLastModifiedTime(
                installation.jar(), FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(archiveInUse()).as("a newer jar").isEmpty();
        Files.setLastModifiedTime(
                installation.jar(), FileTime.from(Instant.now().minusSeconds(86_400)));
        assertThat(archiveInUse()).as("an older jar").isEmpty();
        assertThat(installation.run("archive").code()).isZero();
        assertThat(archiveInUse()).hasSize(1);
        Path release = installation.javaHome().resolve("release");
        Files.writeString(release, "JAVA_VERSION=\"17.0.16\"\n");
        assertThat(archiveInUse()).as("another JVM").isEmpty();
    }

    /** From half a year on, {@code ls} prints the year of a file in place of the time. */
    @Test
    void archiveStaysInUseHoweverOldTheJarIs() throws IOException, InterruptedException {
        String archive = installation.run("archive").lines().get(0);
        Path ls = Files.createDirectory(folder.resolve("another ls")).resolve("ls");
        Files.writeString(ls, "#!/bin/sh\necho another format\n");
        Files.setPosixFilePermissions(ls, PosixFilePermissions.fromString(READABLE));
        installation = installation.with("PATH", ls.getParent() + ":" + System.getenv("PATH"));
        assertThat(archiveInUse()).containsExactly(ARCHIVE + archive);
    }

    @Test
    void archiveIsInTheCacheIfTheFolderOfTheJarCannotBeWritten() throws IOException, InterruptedException {
        Path cache = folder.resolve("cache");
        Files.setPosixFilePermissions(installation.folder(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            StartScriptInstallation other = installation.with("XDG_CACHE_HOME", cache.toString());
            List<String> user = asUserWithoutPermissions();
            assertThat(runAs(user, installation, "archive"))
                    .isEqualTo(failure("no writable folder for the archive; make " + installation.folder()
                            + " writable or set XDG_CACHE_HOME"));
            Files.setPosixFilePermissions(Files.createDirectory(cache), PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThat(runAs(user, other, "archive").code()).isZero();
            assertThat(StartScriptInstallation.archives(cache.resolve("printer2mqtt")))
                    .hasSize(1);
            assertThat(runAs(user, other, "version").lines()).anyMatch(line -> line.startsWith(ARCHIVE + cache));
        } finally {
            Files.setPosixFilePermissions(installation.folder(), PosixFilePermissions.fromString(READABLE));
        }
    }

    @Test
    void failedArchiveIsOneLineAndIsMadeWhenAskedForAgain() throws IOException, InterruptedException {
        Result failed = installation.with("FAILURE", "no memory").run("archive");
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.lines()).singleElement().asString().endsWith("made no archive: no memory");
        assertThat(archiveInUse()).isEmpty();
        assertThat(installation.run("archive").code()).isZero();
        assertThat(archiveInUse()).hasSize(1);
    }

    @Test
    void severalProcessesMayMakeTheArchiveAtOnce() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(installation.start(folder.resolve("output-" + i), "archive"));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(StartScriptInstallation.archives(installation.folder())).hasSize(1);
        assertThat(archiveInUse()).hasSize(1);
    }

    private List<String> archiveInUse() throws IOException, InterruptedException {
        return installation.run("version").lines().stream()
                .filter(line -> line.startsWith(ARCHIVE))
                .toList();
    }

    private static Result failure(String message) {
        return new Result(3, List.of("printer2mqtt: " + message));
    }

    /** A folder with the programs that the script uses before it looks for Java. */
    private String pathWithoutJava() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String name : List.of("sh", "readlink")) {
            Files.copy(Path.of("/bin", name), programs.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return programs.toString();
    }

    /** Root may write everywhere, so it becomes nobody. */
    private static List<String> asUserWithoutPermissions() {
        return System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                : List.of();
    }

    private Result runAs(List<String> user, StartScriptInstallation as, String argument)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output-" + argument + ".log");
        List<String> command = new ArrayList<>(user);
        command.addAll(List.of(as.script().toString(), argument));
        Process process = as.start(output, Path.of("/"), command);
        return new Result(process.waitFor(), Files.readAllLines(output));
    }
}
