package io.github.printer2mqtt.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a folder outlives the container that this process runs in, if it runs in one (Docker, Podman). */
public final class ContainerStorage {
    /** Fields of /proc/self/mountinfo, as proc(5) describes them. */
    private static final int ROOT = 3;

    private static final int MOUNT_POINT = 4;

    private static final List<Path> CONTAINER_MARKS = List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));

    /** A volume without a name is named by a hash. */
    private static final Pattern ANONYMOUS_VOLUME = Pattern.compile(".*/volumes/[0-9a-f]{64}/_data");

    private ContainerStorage() {}

    /** Why the folder is lost with the container, as the end of a sentence; null if it is not, or if nothing is known. */
    public static @Nullable String problem(Path folder) {
        try {
            return CONTAINER_MARKS.stream().anyMatch(Files::exists)
                    ? problem(folder, Files.readAllLines(Path.of("/proc/self/mountinfo")))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** @param mounts lines of /proc/self/mountinfo; of several at one place the last is in use */
    static @Nullable String problem(Path folder, List<String> mounts) {
        Path path = folder.toAbsolutePath().normalize();
        String[] found = {};
        int depth = -1;
        for (String line : mounts) {
            String[] fields = line.split(" ", -1);
            if (fields.length > MOUNT_POINT) {
                Path place = Path.of(fields[MOUNT_POINT].replace("\\040", " "));
                if (path.startsWith(place) && place.getNameCount() >= depth) {
                    found = fields;
                    depth = place.getNameCount();
                }
            }
        }
        return found.length == 0 ? null : problem(found, fileSystem(found));
    }

    private static @Nullable String problem(String[] mount, String fileSystem) {
        if (fileSystem.equals("tmpfs")) {
            return "is in memory";
        }
        if (mount[MOUNT_POINT].equals("/")) {
            return fileSystem.equals("overlay") ? "is in the container itself" : null;
        }
        return ANONYMOUS_VOLUME.matcher(mount[ROOT]).matches() ? "is a volume without a name" : null;
    }

    /** The first field after the separator, before which there is a variable number of them. */
    private static String fileSystem(String[] mount) {
        int separator = List.of(mount).indexOf("-");
        return separator < 0 || separator + 1 == mount.length ? "" : mount[separator + 1];
    }
}
