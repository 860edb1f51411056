package io.github.printer2mqtt.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP archive with a README that explains each file. Files are written one after the other and compressed at once, so only the
 * compressed archive is in memory.
 *
 * @param madeAt by the wall clock
 * @param version of the bridge
 * @param files in this order
 */
public record SupportArchive(Instant madeAt, String version, List<Entry> files) {
    private static final String README = "README.txt";

    public SupportArchive {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param description one line for the README
     */
    public record Entry(String name, String description, Content content) {}

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        /** May block; what it throws becomes a line in the file. The stream is not to be closed. */
        void write(OutputStream out) throws Exception;

        static Content of(String text) {
            return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The archive. Blocks. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            write(new Entry(README, "", Content.of(readme())), zip);
            for (Entry file : files) {
                write(file, zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void write(Entry file, ZipOutputStream zip) throws IOException {
        ZipEntry entry = new ZipEntry(file.name());
        entry.setTime(TimeUnit.SECONDS.toMillis(madeAt.getEpochSecond()));
        zip.putNextEntry(entry);
        try {
            file.content().write(zip);
        } catch (Exception e) {
            // The rest of the archive is needed most when something fails.
            zip.write(("\nnot complete: " + e + "\n").getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
    }

    private String readme() {
        StringBuilder text = new StringBuilder("Support archive of printer2mqtt ")
                .append(version)
                .append(", made at ")
                .append(madeAt)
                .append(".\n\n");
        files.forEach(file -> text.append(String.format(Locale.ROOT, "%-20s %s%n", file.name(), file.description())));
        return text.append(
                        "\nIt has no passwords, keys, tokens or other secrets: secrets that are set appear as ***.\n")
                .append(
                        "It has addresses, host names, ids and names of printers, user names at brokers and paths of files,\n")
                .append(
                        "because support needs them. The names of the prints that the bridge recorded are *** in all files;\n")
                .append("messages of printers may have others. Look through it before you publish it.\n")
                .toString();
    }
}
