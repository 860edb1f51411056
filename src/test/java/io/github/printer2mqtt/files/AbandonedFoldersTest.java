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

/** The temporary folder of a killed process is deleted by the next one, and nothing else is. */
class AbandonedFoldersTest {
    @TempDir
    private Path folder;

    private Path places;

    @BeforeEach
    void makePlaces() throws IOException {
        places = Files.createDirectory(folder.resolve("tmp"));
    }

    @Test
    void goWhenTheirProcessIsDeadAndStayWhileItLives() throws Exception {
        Process other = startOther();
        try {
            Await.until("the other process has made its folders", () -> left().anyMatch(AbandonedFoldersTest::isWhole));
            Path others = left().findFirst().orElseThrow();
            makeOld(others);
            start().delete();
            assertThat(others).as("a living one's").exists();
            other.destroyForcibly();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(others).as("killed, it cleans nothing up").exists();

            start().delete();
            assertThat(left()).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void ofThisProcessStayAndStayClaimed() throws IOException {
        TemporaryFolder one = start();
        makeOld(one.path());
        TemporaryFolder two = start();
        makeOld(two.path());
        TemporaryFolder three = start();
        assertThat(left()).containsExactlyInAnyOrder(one.path(), two.path(), three.path());
        assertThat(Stream.of(one, two, three)).noneMatch(each -> FolderLock.isDead(each.path()));
        one.delete();
        one.delete();
        assertThat(left()).containsExactlyInAnyOrder(two.path(), three.path());
        two.delete();
        three.delete();
        assertThat(left()).isEmpty();
    }

    @Test
    void thatAreYoungOrUnclaimedOrNoFoldersStay() throws IOException {
        Path young = dead("young");
        Files.setLastModifiedTime(FolderLock.file(young), FileTime.from(Instant.now()));
        Path unclaimed = dead("unclaimed");
        Files.delete(FolderLock.file(unclaimed));
        Path file = Files.writeString(places.resolve(TemporaryFolder.PREFIX + "file"), "kept");
        Path named = Files.createDirectories(places.resolve("somebody-else"));
        Files.createFile(FolderLock.file(named));
        makeOld(named);
        start().delete();
        assertThat(List.of(young, unclaimed, file, named))
                .allSatisfy(kept -> assertThat(kept).exists());
    }

    @Test
    void areTakenAwayWithoutFollowingALink() throws IOException {
        Path treasure = Files.createDirectory(folder.resolve("treasure"));
        Path coin = Files.writeString(treasure.resolve("coin"), "kept");
        Files.createFile(FolderLock.file(treasure));
        makeOld(treasure);
        Path link = Files.createSymbolicLink(places.resolve(TemporaryFolder.PREFIX + "link"), treasure);
        Path linkedClaim = dead("linked-claim");
        Files.delete(FolderLock.file(linkedClaim));
        Files.createSymbolicLink(FolderLock.file(linkedClaim), coin);
        Path withLink = dead("with-link");
        Files.createSymbolicLink(withLink.resolve("data").resolve("way-out"), treasure);

        start().delete();
        assertThat(withLink).doesNotExist();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(linkedClaim).exists();
        assertThat(coin).hasContent("kept");
    }

    @Test
    void ofSomebodyElseStay() throws IOException {
        Path others = dead("others");
        assumeTrue(isGiven(others), "only the superuser can make a folder another's");
        Path ours = dead("ours");
        start().delete();
        assertThat(others).exists();
        assertThat(ours).doesNotExist();
    }

    private static boolean isGiven(Path path) {
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
        return TemporaryFolder.create(places);
    }

    /** As a killed process leaves it. */
    private Path dead(String name) throws IOException {
        Path dead = places.resolve(TemporaryFolder.PREFIX + name);
        Files.createDirectories(dead.resolve("data"));
        Files.writeString(dead.resolve("data").resolve("file"), "old");
        Files.createFile(FolderLock.file(dead));
        makeOld(dead);
        return dead;
    }

    private static void makeOld(Path folder) throws IOException {
        Files.setLastModifiedTime(
                FolderLock.file(folder), FileTime.from(Instant.now().minusSeconds(3600)));
    }

    private static boolean isWhole(Path folder) {
        return Files.exists(folder.resolve("whole"));
    }

    private Stream<Path> left() {
        try (Stream<Path> all = Files.list(places)) {
            return all
                    .filter(path -> path.getFileName().toString().startsWith(TemporaryFolder.PREFIX))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Process startOther() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        places.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("other.log").toFile())
                .start();
    }

    /** Another program with a temporary folder, which waits to be killed. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws Exception {
            TemporaryFolder kept = TemporaryFolder.create(Path.of(arguments[0]));
            Files.createFile(kept.path().resolve("whole"));
            TimeUnit.SECONDS.sleep(120);
            kept.delete();
        }
    }
}
