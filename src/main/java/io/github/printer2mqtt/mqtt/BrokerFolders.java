package io.github.printer2mqtt.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The temporary folders an embedded broker asks for, though it keeps everything in memory. Blocks.
 *
 * @param claim on the folders, which ends with this process
 */
record BrokerFolders(Path root, FolderClaim claim) {
    static final String PREFIX = "printer2mqtt-broker-";

    /**
     * Makes the folders with a configuration: in memory, one listener, no anonymous statistics sent anywhere. Takes away
     * what processes that did not come to their end left beside them.
     *
     * @throws UncheckedIOException if there is no room for temporary files
     */
    static BrokerFolders create(String host, int port) {
        return create(Path.of(System.getProperty("java.io.tmpdir")), host, port);
    }

    /** @param where the folders and those of others are */
    static BrokerFolders create(Path where, String host, int port) {
        try {
            Path root = Files.createTempDirectory(where, PREFIX);
            BrokerFolders folders = new BrokerFolders(root, FolderClaim.on(root));
            LeftFolders.removeBeside(root);
            Files.createDirectories(folders.config());
            Files.createDirectories(folders.data());
            Files.createDirectories(folders.extensions());
            Files.writeString(folders.config().resolve("config.xml"), xml(host, port));
            return folders;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path config() {
        return root.resolve("conf");
    }

    Path data() {
        return root.resolve("data");
    }

    Path extensions() {
        return root.resolve("extensions");
    }

    /** Deletes everything; what cannot be deleted stays, since it is temporary anyway. */
    void delete() {
        claim.giveUp();
        delete(root);
    }

    /** Deletes a folder and all in it, links and not what they lead to. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(BrokerFolders::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            // Nobody misses a temporary folder, and nobody is helped by a line about it.
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }

    private static String xml(String host, int port) {
        return String.format(Locale.ROOT, """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener>
                      <port>%d</port>
                      <bind-address>%s</bind-address>
                    </tcp-listener>
                  </listeners>
                  <mqtt>
                    <receive-maximum>
                      <server-receive-maximum>1000</server-receive-maximum>
                    </receive-maximum>
                    <queued-messages>
                      <max-queue-size>100000</max-queue-size>
                    </queued-messages>
                  </mqtt>
                  <persistence>
                    <mode>in-memory</mode>
                  </persistence>
                  <anonymous-usage-statistics>
                    <enabled>false</enabled>
                  </anonymous-usage-statistics>
                </hivemq>
                """, port, host);
    }
}
