package io.github.printer2mqtt.mqtt.broker;

import io.github.printer2mqtt.files.FolderDeletion;
import io.github.printer2mqtt.files.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The temporary folders an embedded broker asks for, though it keeps everything in memory. Blocks.
 *
 * @param root that holds them
 */
record BrokerDataFolder(Path root) {
    /**
     * Makes the folders with a configuration: in memory, one listener, no anonymous statistics sent anywhere.
     *
     * @throws UncheckedIOException if there is no room for temporary files
     */
    static BrokerDataFolder create(TemporaryFolder temporary, String host, int port) {
        try {
            BrokerDataFolder folders = new BrokerDataFolder(temporary.subfolder("broker"));
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

    void delete() {
        FolderDeletion.delete(root);
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
