package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the files for Windows say; the launcher itself was tried with Wine. */
class WindowsPackageTest {
    private static final Path FOLDER = Path.of("packaging", "windows");
    private static final Pattern JVM_OPTION = Pattern.compile("-X[^\\s\"]+");
    private static final Pattern LOOP = Pattern.compile("for %%p in \\((.+?)\\)");

    /** Limits that the POSIX script computes from the memory of the machine. */
    private static final Pattern BY_MEMORY = Pattern.compile("-Xmx.*|-XX:MaxNewSize=.*");

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void launcherHasTheOptionsOfThePosixScript() throws Exception {
        StartScriptInstallation script =
                StartScriptInstallation.withFakeJava(folder, "17.0.15").with("JAVA_OPTS", "-Xshare:off");
        List<String> expected = new ArrayList<>(jvmOptions(script.run("run").lines()));
        expected.addAll(jvmOptions(script.run("printers", "list").lines()));
        expected.remove("-Xshare:off");
        expected.remove("-Xshare:off");

        List<String> options = launcherOptions();
        assertThat(options).filteredOn(WindowsPackageTest::isFixed).isSubsetOf(expected);
        assertThat(expected).filteredOn(WindowsPackageTest::isFixed).isSubsetOf(options);
        // The largest limits that the script chooses.
        assertThat(options).contains("-Xmx512m", "-XX:MaxNewSize=170m");
    }

    @Test
    void launcherKnowsTheCommandsThatEndAtOnce() throws IOException {
        String posix = Files.readString(Path.of("bin", "printer2mqtt"));
        Matcher commands =
                Pattern.compile("case \\$argument in (.+?)\\) runs=no").matcher(posix);
        assertThat(commands.find()).isTrue();

        assertThat(Files.readString(FOLDER.resolve("printer2mqtt.cmd")))
                .contains("for %%c in (" + commands.group(1).replace(" | ", " ") + ")");
    }

    @Test
    void filesAreAsciiBecauseConsolesHaveOtherCharacterSets() throws IOException {
        for (String name : List.of("printer2mqtt.cmd", "install-service.ps1", "uninstall-service.ps1", "README.txt")) {
            assertThat(Files.readString(FOLDER.resolve(name)).chars()).as(name).allMatch(character -> character < 0x7f);
        }
    }

    private static boolean isFixed(String option) {
        return !BY_MEMORY.matcher(option).matches();
    }

    private static List<String> jvmOptions(List<String> arguments) {
        return arguments.stream().filter(line -> line.startsWith("-X")).toList();
    }

    private static List<String> launcherOptions() throws IOException {
        String launcher = Files.readString(FOLDER.resolve("printer2mqtt.cmd"));
        Matcher loop = LOOP.matcher(launcher);
        assertThat(loop.find()).isTrue();
        List<String> options = new ArrayList<>();
        Matcher option = JVM_OPTION.matcher(launcher);
        while (option.find()) {
            if (option.group().contains("%%p")) {
                for (String code : loop.group(1).split(" ", -1)) {
                    options.add(option.group().replace("%%p", code));
                }
            } else {
                options.add(option.group());
            }
        }
        return options;
    }
}
