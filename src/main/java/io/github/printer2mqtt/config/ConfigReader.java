package io.github.printer2mqtt.config;

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
 * Reads config.json and the environment into a {@link BridgeConfig}, once at start. The environment wins over the file,
 * the file over the defaults. Whatever is wrong is collected and thrown at the end as one
 * {@link InvalidConfigException}.
 */
public final class ConfigReader {
    private static final int LARGEST_FILE = 1024 * 1024;

    /** How the files are read that {@code …_FILE} variables name. */
    @FunctionalInterface
    public interface SecretFiles {
        /** The content as UTF-8, without the line break at its end. */
        String read(String path) throws IOException;

        /** Those of this machine, of at most 1 MiB. */
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

    /** The defaults and the environment, without any file. */
    public BridgeConfig readEnvironment() {
        return read("config.json", "{}");
    }

    /** A file that may be missing, which is like an empty object. */
    public BridgeConfig readIfPresent(Path file) {
        return Files.exists(file) ? read(file) : readEnvironment();
    }

    /** A file that must be there. */
    public BridgeConfig read(Path file) {
        InvalidConfigException.Collector problems = new InvalidConfigException.Collector();
        String text = null;
        try {
            text = content(file);
        } catch (CharacterCodingException e) {
            problems.add(file.toString(), "a text that is not UTF-8", "UTF-8");
        } catch (IOException e) {
            problems.add(file.toString(), whatIsNoFile(file), "a JSON file");
        }
        return read(file.toString(), text, problems);
    }

    /**
     * The text of a file.
     *
     * @param name of the file, for messages about the whole of it
     */
    public BridgeConfig read(String name, String text) {
        return read(name, text, new InvalidConfigException.Collector());
    }

    private BridgeConfig read(String name, @Nullable String text, InvalidConfigException.Collector problems) {
        Values values = new Values();
        JsonTree tree = text == null ? null : new JsonText(name, text, problems).read();
        if (tree != null) {
            new FileValues(values, problems).read(name, tree);
        }
        new EnvironmentValues(values, problems, secretFiles).read(environment);
        if (tree != null) {
            new CrossKeyRules(values, problems).check();
        }
        problems.throwIfAny();
        return new ConfigAssembler(values).all();
    }

    private static String whatIsNoFile(Path file) {
        if (Files.isDirectory(file)) {
            return "a folder";
        }
        return Files.exists(file) ? "a file that cannot be read" : "no file";
    }

    private static String content(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new IOException("larger than " + LARGEST_FILE + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Editors of Windows put a byte order mark first.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
    }
}
