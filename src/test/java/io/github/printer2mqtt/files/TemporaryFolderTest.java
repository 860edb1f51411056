package io.github.printer2mqtt.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    private Path system;

    @Test
    void subfoldersAreDeletedWithTheFolder() throws IOException {
        TemporaryFolder folder = TemporaryFolder.create(system);
        Path demo = folder.subfolder("demo");
        Files.writeString(demo.resolve("demo.db"), "x");

        assertThat(demo).hasParent(folder.path());
        try (Stream<Path> all = Files.list(system)) {
            assertThat(all).containsExactly(folder.path());
        }
        folder.delete();
        assertThat(system).isEmptyDirectory();
    }

    @Test
    void missingParentIsNamedWithTheOptionToSet() {
        Path missing = system.resolve("missing");
        assertThatThrownBy(() -> TemporaryFolder.create(missing))
                .isInstanceOf(TemporaryFolder.TemporaryFolderException.class)
                .hasMessage("the temporary folder " + missing + " does not exist, expected one that is writable and not"
                        + " noexec; name another with java -Djava.io.tmpdir=FOLDER, or with the variable"
                        + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
    }

    @Test
    void readOnlyParentIsNamed() {
        // Not even the superuser can create a folder there.
        Path readOnly = Path.of("/proc");
        assumeTrue(Files.isDirectory(readOnly), "needs /proc");
        assertThatThrownBy(() -> TemporaryFolder.create(readOnly))
                .isInstanceOf(TemporaryFolder.TemporaryFolderException.class)
                .hasMessageStartingWith("the temporary folder /proc ")
                .hasMessageContaining("-Djava.io.tmpdir=FOLDER");
    }
}
