package io.github.printer2mqtt.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Mounts as Docker 28 and Podman 5 make them. */
class ContainerStorageTest {
    private static final String ROOT =
            "1042 899 0:58 / / ro,relatime master:321 - overlay overlay rw,lowerdir=/var/lib/a";
    private static final String TMP = "1050 1042 0:64 / /tmp rw,nosuid,nodev,relatime - tmpfs tmpfs rw,mode=1777";
    private static final String HASH = "4f".repeat(32);

    @Test
    void folderInTheContainerIsLost() {
        assertThat(problem("/data", ROOT, TMP)).isEqualTo("is in the container itself");
        assertThat(problem("/tmp/p", ROOT, TMP)).isEqualTo("is in memory");
    }

    @Test
    void volumeWithoutANameIsLost() {
        assertThat(problem("/data", ROOT, volume(HASH, "/data"))).isEqualTo("is a volume without a name");
        String podman = "700 650 252:1 /home/ben/.local/share/containers/storage/volumes/" + HASH
                + "/_data /data rw,relatime - ext4 /dev/vda1 rw";
        assertThat(problem("/data", ROOT, podman)).isEqualTo("is a volume without a name");
    }

    @Test
    void volumesAndFoldersOfTheHostAreKept() {
        assertThat(problem("/data", ROOT, volume("printer2mqtt_printer2mqtt-data", "/data")))
                .isNull();
        assertThat(problem("/data/deep/er", ROOT, volume("data", "/data"))).isNull();
        assertThat(problem("/my data/x", ROOT, "9 1 8:1 /srv/p /my\\040data rw - ext4 /dev/sda1 rw"))
                .isNull();
    }

    @Test
    void mountsOverOneAnotherAndNeighboursAreToldApart() {
        assertThat(problem("/data", ROOT, volume("data", "/database"))).isEqualTo("is in the container itself");
        assertThat(problem("/data", ROOT, volume(HASH, "/data"), volume("data", "/data")))
                .isNull();
    }

    @Test
    void machineThatIsNoContainerAndUnknownLinesAreNoProblem() {
        assertThat(problem("/data", "24 1 254:0 / / rw,relatime - ext4 /dev/vda rw"))
                .isNull();
        assertThat(problem("/data", "", "1 2", "1 2 3:4 / /")).isNull();
    }

    private static @Nullable String problem(String folder, String... mounts) {
        return ContainerStorage.problem(Path.of(folder), List.of(mounts));
    }

    private static String volume(String name, String at) {
        return "1060 1042 254:1 /docker/volumes/" + name + "/_data " + at + " rw,relatime master:1 - ext4 /dev/vda1 rw";
    }
}
