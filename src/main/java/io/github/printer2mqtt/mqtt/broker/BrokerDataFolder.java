package io.github.printer2mqtt.mqtt.broker;

import io.github.printer2mqtt.files.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The temporary folders that an embedded broker requires, although it keeps everything in memory. Methods block.
 *
 * @param root contains them
 */
record BrokerDataFolder(Path root) {
    /**
     * Creates the folders with a configuration: in memory, one listener, no usage statistics.
     *
     * @throws IOException if they cannot be created
     */
    static BrokerDataFolder create(TemporaryFolder temporary, String host, int port) throws IOException {
        BrokerDataFolder folder = new BrokerDataFolder(temporary.subfolder("broker"));
        Files.createDirectories(folder.config());
        Files.createDirectories(folder.data());
        Files.createDirectories(folder.extensions());
        Files.writeString(folder.config().resolve("config.xml"), xml(host, port));
        return folder;
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
        TemporaryFolder.delete(root);
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
