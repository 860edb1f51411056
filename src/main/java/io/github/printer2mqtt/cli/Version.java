package io.github.printer2mqtt.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
public final class Version implements IVersionProvider {
    /** For example {@code 0.1.0}. */
    public static String text() {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream("/printer2mqtt.properties")) {
            if (stream == null) {
                throw new IllegalStateException("printer2mqtt.properties is missing in this build");
            }
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("printer2mqtt.properties cannot be read", e);
        }
        return properties.getProperty("version", "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"printer2mqtt " + text()};
    }
}
