package io.github.printer2mqtt.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.printer2mqtt.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes the temporary folder of a killed process and nothing else. */
class FolderLockTest {
    @TempDir
    private Path folder;

    private Path parent;

    @BeforeEach
    void createParent() throws IOException {
        parent = Files.createDirectory(folder.resolve("tmp"));
    }

    @Test
    void folderIsDeletedOnlyAfterItsProcessDied() throws Exception {
        Process other = startOtherProcess();
        try {
            Await.until(
                    "the other process has created its folder",
                    () -> remaining().anyMatch(FolderLockTest::isComplete));
            Path others = remaining().findFirst().orElseThrow();
            makeOld(others);
            start().delete();
            assertThat(others).as("folder of a live process").exists();
            other.destroyForcibly();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(others).as("a killed process deletes nothing").exists();

            start().delete();
            assertThat(remaining()).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void foldersOfThisProcessStayLocked() throws IOException {
        TemporaryFolder one = start();
        makeOld(one.path());
        TemporaryFolder two = start();
        makeOld(two.path());
        TemporaryFolder three = start();
        assertThat(remaining()).containsExactlyInAnyOrder(one.path(), two.path(), three.path());
        assertThat(Stream.of(one, two, three)).noneMatch(each -> FolderLock.isUnlocked(each.path()));
        one.delete();
        one.delete();
        assertThat(remaining()).containsExactlyInAnyOrder(two.path(), three.path());
        two.delete();
        three.delete();
        assertThat(remaining()).isEmpty();
    }

    @Test
    void youngOrUnlockedFoldersAndFilesStay() throws IOException {
        Path young = abandoned("young");
        Files.setLastModifiedTime(FolderLock.file(young), FileTime.from(Instant.now()));
        Path withoutLockFile = abandoned("without-lock-file");
        Files.delete(FolderLock.file(withoutLockFile));
        Path file = Files.writeString(parent.resolve(TemporaryFolder.PREFIX + "file"), "kept");
        Path otherName = Files.createDirectories(parent.resolve("other-name"));
        Files.createFile(FolderLock.file(otherName));
        makeOld(otherName);
        start().delete();
        assertThat(List.of(young, withoutLockFile, file, otherName))
                .allSatisfy(kept -> assertThat(kept).exists());
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));
        Path file = Files.writeString(target.resolve("file"), "kept");
        Files.createFile(FolderLock.file(target));
        makeOld(target);
        Path link = Files.createSymbolicLink(parent.resolve(TemporaryFolder.PREFIX + "link"), target);
        Path linkedLockFile = abandoned("linked-lock-file");
        Files.delete(FolderLock.file(linkedLockFile));
        Files.createSymbolicLink(FolderLock.file(linkedLockFile), file);
        Path withLink = abandoned("with-link");
        Files.createSymbolicLink(withLink.resolve("data").resolve("link"), target);

        start().delete();
        assertThat(withLink).doesNotExist();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(linkedLockFile).exists();
        assertThat(file).hasContent("kept");
    }

    @Test
    void foldersOfOtherUsersStay() throws IOException {
        Path others = abandoned("others");
        assumeTrue(changeOwner(others), "only the superuser can change the owner of a folder");
        Path ours = abandoned("ours");
        start().delete();
        assertThat(others).exists();
        assertThat(ours).doesNotExist();
    }

    private static boolean changeOwner(Path path) {
        try {
            UserPrincipal nobody =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(path, nobody);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private TemporaryFolder start() {
        return TemporaryFolder.create(parent);
    }

    /** A folder as a killed process leaves it. */
    private Path abandoned(String name) throws IOException {
        Path abandoned = parent.resolve(TemporaryFolder.PREFIX + name);
        Files.createDirectories(abandoned.resolve("data"));
        Files.writeString(abandoned.resolve("data").resolve("file"), "old");
        Files.createFile(FolderLock.file(abandoned));
        makeOld(abandoned);
        return abandoned;
    }

    private static void makeOld(Path folder) throws IOException {
        Files.setLastModifiedTime(
                FolderLock.file(folder), FileTime.from(Instant.now().minusSeconds(3600)));
    }

    private static boolean isComplete(Path folder) {
        return Files.exists(folder.resolve("complete"));
    }

    private Stream<Path> remaining() {
        try (Stream<Path> all = Files.list(parent)) {
            return all
                    .filter(path -> path.getFileName().toString().startsWith(TemporaryFolder.PREFIX))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Process startOtherProcess() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        parent.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("other.log").toFile())
                .start();
    }

    /** A process with a temporary folder that waits to be killed. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws Exception {
            TemporaryFolder kept = TemporaryFolder.create(Path.of(arguments[0]));
            Files.createFile(kept.path().resolve("complete"));
            TimeUnit.SECONDS.sleep(120);
            kept.delete();
        }
    }
}
