package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads config.json and the environment into a {@link BridgeConfig}. The environment overrides the file, the file
 * overrides the defaults. All errors are thrown together as one {@link InvalidConfigException}.
 */
public final class ConfigReader {
    private static final int MAX_FILE_BYTES = 1024 * 1024;

    /** Reads the files that {@code …_FILE} variables name. */
    @FunctionalInterface
    public interface SecretFiles {
        /** The content as UTF-8, without a line break at the end. */
        String read(String path) throws IOException;

        /** Reads files of up to 1 MiB from the file system. */
        static SecretFiles ofSystem() {
            return path -> {
                try {
                    return content(Path.of(path)).replaceFirst("\\R\\z", "");
                } catch (InvalidPathException e) {
                    throw new IOException(e.getMessage(), e);
                }
            };
        }
    }

    private final Map<String, String> environment;
    private final SecretFiles secretFiles;

    public ConfigReader(Map<String, String> environment, SecretFiles secretFiles) {
        this.environment = Map.copyOf(environment);
        this.secretFiles = secretFiles;
    }

    /** The environment over the defaults, without a file. */
    public BridgeConfig readEnvironment() {
        return read("config.json", "{}");
    }

    /** A file that may be missing. */
    public BridgeConfig readIfPresent(Path file) {
        return Files.exists(file) ? read(file) : readEnvironment();
    }

    /** A file that must exist. */
    public BridgeConfig read(Path file) {
        Values values = new Values();
        String text = null;
        try {
            text = content(file);
        } catch (CharacterCodingException e) {
            values.addError(file.toString(), "bytes that are not UTF-8", "a file in UTF-8");
        } catch (IOException e) {
            boolean isForbidden = Files.isRegularFile(file) && !Files.isReadable(file);
            values.addError(
                    file.toString(),
                    describe(file),
                    isForbidden
                            ? "one that this user may read; run the command with sudo, or name the bridge with --url"
                            : "a JSON file");
        }
        return read(file.toString(), text, values);
    }

    /**
     * The text of a file.
     *
     * @param name of the file, for messages
     */
    public BridgeConfig read(String name, String text) {
        return read(name, text, new Values());
    }

    private BridgeConfig read(String name, @Nullable String text, Values values) {
        JsonTree tree = text == null ? null : new JsonText(name, text, values).read();
        if (tree != null) {
            new FileValues(values).read(name, tree);
        }
        new EnvironmentValues(values, secretFiles).read(environment);
        if (tree != null) {
            new CrossKeyRules(values).check();
        }
        values.requireNoErrors();
        return new ConfigAssembler(values).all();
    }

    private static String describe(Path file) {
        if (Files.isDirectory(file)) {
            return "a folder";
        }
        return Files.exists(file) ? "a file that cannot be read" : "no file";
    }

    private static String content(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new IOException("larger than " + MAX_FILE_BYTES + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Windows editors write a byte order mark.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
    }
}
