package io.github.printer2mqtt.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arguments and environment of this process as UTF-8. Java 17 decodes them by the locale and without one (systemd, cron,
 * {@code docker exec}) replaces every character outside ASCII, so the original bytes are read from {@code /proc}.
 *
 * @param arguments of the command line
 * @param environment variables by name
 */
public record ProcessInput(List<String> arguments, Map<String, String> environment) {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

    public ProcessInput {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * Reads the input of this process.
     *
     * @param arguments as Java decoded them
     * @param environment as Java decoded it
     */
    public static ProcessInput read(String[] arguments, Map<String, String> environment) {
        return new ProcessInput(
                arguments(List.of(arguments), entries(COMMAND_LINE)), environment(environment, entries(ENVIRONMENT)));
    }

    /** The arguments are the last entries of the command line, after those of the JVM. */
    static List<String> arguments(List<String> decoded, List<byte[]> commandLine) {
        int first = commandLine.size() - decoded.size();
        if (first < 0) {
            return decoded;
        }
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < decoded.size(); i++) {
            String argument = preferUtf8(decoded.get(i), commandLine.get(first + i));
            if (argument == null) {
                return decoded;
            }
            arguments.add(argument);
        }
        return arguments;
    }

    static Map<String, String> environment(Map<String, String> decoded, List<byte[]> entries) {
        Map<String, String> environment = new HashMap<>(decoded);
        for (byte[] entry : entries) {
            String text = utf8(entry);
            int end = text == null ? -1 : text.indexOf('=');
            if (text != null && end > 0 && !isAscii(entry)) {
                environment.computeIfPresent(text.substring(0, end), (name, before) -> text.substring(end + 1));
            }
        }
        return environment;
    }

    /** Null if decoded text and bytes differ, so that their positions do not match. */
    private static @Nullable String preferUtf8(String decoded, byte[] bytes) {
        String text = utf8(bytes);
        if (isAscii(bytes)) {
            return decoded.equals(text) ? decoded : null;
        }
        return text == null ? decoded : text;
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null; // encoded as the locale says
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }

    /** The entries of a file, each terminated by a zero byte; none on systems without such a file. */
    private static List<byte[]> entries(Path file) {
        try {
            return entries(Files.readAllBytes(file));
        } catch (IOException e) {
            return List.of();
        }
    }

    static List<byte[]> entries(byte[] list) {
        List<byte[]> entries = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < list.length; i++) {
            if (list[i] == 0) {
                byte[] entry = new byte[i - begin];
                System.arraycopy(list, begin, entry, 0, entry.length);
                entries.add(entry);
                begin = i + 1;
            }
        }
        return entries;
    }
}
