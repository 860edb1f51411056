package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.net.mqtt.client.MqttTls;
import java.time.Instant;

/** What must be right before anything of a bridge is created, and what a user reads if it is not. */
final class StartRequirements {
    private StartRequirements() {}

    /** @throws StartException if the user must fix something first */
    static void check(BridgeConfig config) {
        checkCertificates(config.mqtt().tls());
        Bridge.requireOpenFiles();
        createTemporaryFolder();
    }

    /**
     * Must run before Vert.x and the database driver, which unpack native libraries into this folder.
     *
     * @throws StartException if there is no place for it
     */
    static void createTemporaryFolder() {
        try {
            TemporaryFolder.ofProcess();
        } catch (TemporaryFolder.TemporaryFolderException e) {
            throw Bridge.startException(e);
        }
    }

    private static void checkCertificates(MqttConfig.Tls files) {
        try {
            MqttTls.check(files, Instant.now());
        } catch (MqttTls.MqttTlsException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }
}
