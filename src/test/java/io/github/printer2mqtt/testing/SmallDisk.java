package io.github.printer2mqtt.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory, which can be filled up. A test is skipped where the user may not mount one. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one over an empty folder, which is created if it is missing. */
    public static SmallDisk mount(Path folder, int kibibytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] mount = {"mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString()};
        assumeTrue(run(mount), "the user may not mount a file system");
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Leaves no free space. */
    public void fill() {
        fillExcept(0);
    }

    /** Leaves so much free space. */
    public void fillExcept(int kibibytes) {
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (Files.getFileStore(folder).getUsableSpace() > kibibytes * 1024L) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frees what was filled. */
    public void free() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    @Override
    public void close() {
        if (!run("umount", folder.toString())) {
            throw new AssertionError(folder + " is in use");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // the program does not exist
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
