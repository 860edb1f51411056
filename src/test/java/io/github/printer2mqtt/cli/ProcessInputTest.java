package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Arguments and variables outside ASCII, with and without a locale. */
class ProcessInputTest {
    @Test
    @Timeout(60)
    @EnabledOnOs(OS.LINUX)
    void bytesAreReadAsUtf8WithoutALocale() throws Exception {
        // The shell makes the bytes, so that the locale of this process does not matter.
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "export LC_ALL=C; export TOPIC=\"$(printf 's\\303\\274d')\";"
                                + " exec \"$0\" -cp \"$1\" \"$2\" plain \"$(printf 'S\\303\\274d \\346\\261\\211')\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        Echo.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output.strip()).isEqualTo("plain|S\\u00fcd \\u6c49|s\\u00fcd");
    }

    @Test
    void otherEncodingsAreDecodedByTheLocale() {
        byte[] latin = "S\u00fcd".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ProcessInput.arguments(List.of("add", "S\u00fcd"), List.of(bytes("java"), bytes("add"), latin)))
                .containsExactly("add", "S\u00fcd");
    }

    @Test
    void argumentsOfAnotherProcessAreKept() {
        assertThat(ProcessInput.arguments(List.of("add", "S?d"), List.of(bytes("remove"), bytes("S\u00fcd"))))
                .containsExactly("add", "S?d");
        assertThat(ProcessInput.arguments(List.of("add"), List.of())).containsExactly("add");
    }

    @Test
    void onlyKnownVariablesAreReplaced() {
        assertThat(ProcessInput.environment(
                        Map.of("A", "s?d", "B", "b"), List.of(bytes("A=s\u00fcd"), bytes("C=\u00fc"), bytes("B=b"))))
                .isEqualTo(Map.of("A", "s\u00fcd", "B", "b"));
    }

    @Test
    void undecodableArgumentIsRejected() {
        assertThat(new CommandRun().run("printers", "add", "S\ufffdd", "--address", "h"))
                .isEqualTo(new CommandRun.Result(
                        2,
                        List.of(),
                        List.of("printer2mqtt: argument 3: found a character that cannot be read (U+FFFD), expected"
                                + " UTF-8; set LC_ALL=C.UTF-8")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A program that prints its arguments and one variable in ASCII. */
    static final class Echo {
        public static void main(String[] arguments) {
            ProcessInput input = ProcessInput.read(arguments, System.getenv());
            StringBuilder line = new StringBuilder();
            String text = String.join("|", input.arguments()) + "|"
                    + input.environment().get("TOPIC");
            for (int i = 0; i < text.length(); i++) {
                char each = text.charAt(i);
                line.append(
                        each < 0x80
                                ? String.valueOf(each)
                                : "\\u" + Integer.toHexString(0x10000 + each).substring(1));
            }
            System.out.println(line);
        }
    }
}
