package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maven looks for the class of a source file at the same path. Without one, it compiles everything again at each build. */
class SourceFoldersTest {
    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void sourceFilesAreInTheFoldersOfTheirPackages(String root) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }

        assertThat(sources).hasSizeGreaterThan(100).allSatisfy(source -> {
            String text = Files.readString(source);
            assertThat(text.lines().filter(line -> line.startsWith("package ")))
                    .containsExactly("package " + packageOf(Path.of(root).relativize(source)) + ";");
        });
    }

    private static String packageOf(Path source) {
        String path = source.toString().replace(source.getFileSystem().getSeparator(), ".");
        return path.substring(0, path.lastIndexOf('.', path.length() - ".java".length() - 1));
    }
}
