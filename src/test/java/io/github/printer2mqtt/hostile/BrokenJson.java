package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileAnswers.IDLE;
import static io.github.printer2mqtt.hostile.HostileAnswers.OK;
import static io.github.printer2mqtt.hostile.HostileAnswers.http;
import static io.github.printer2mqtt.hostile.HostileAnswers.json;
import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;
import static io.github.printer2mqtt.hostile.HostileBehaviour.shown;
import static io.github.printer2mqtt.hostile.SocketFaults.responds;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Printers whose responses are no JSON, or harmful JSON. */
final class BrokenJson {
    private static final int MIB = 1024 * 1024;

    private BrokenJson() {}

    static List<HostileBehaviour> all() {
        return Stream.of(invalid(), harmful()).flatMap(List::stream).toList();
    }

    private static List<HostileBehaviour> invalid() {
        return List.of(
                offline("unreadable", "stops amid its JSON", responds(json(IDLE.substring(0, IDLE.length() / 2)))),
                offline("unreadable", "sends two documents", responds(json(IDLE + IDLE))),
                offline("unreadable", "sends an array", responds(json("[" + IDLE + "]"))),
                offline("unreadable", "sends a text", responds(json("\"idle\""))),
                offline("unreadable", "sends null", responds(json("null"))),
                offline("unreadable", "sends blanks", responds(json("   \r\n "))),
                offline("unreadable", "sends NULs", responds(json("\u0000".repeat(100)))),
                offline(
                        "unreadable",
                        "sends UTF-16",
                        responds(http(OK, Buffer.buffer(IDLE.getBytes(StandardCharsets.UTF_16))))),
                offline(
                        "unreadable",
                        "sends a thousand levels",
                        responds(json("{\"a\":".repeat(1000) + "1" + "}".repeat(1000)))),
                offline("unreadable", "sends a hundred thousand levels", responds(json("[".repeat(100_000)))),
                offline(
                        "too_large",
                        "sends a hundred thousand values",
                        responds(json("{\"result\":[" + "1,".repeat(100_000) + "1]}"))),
                offline(
                        "unreadable",
                        "sends a hundred thousand names in one",
                        responds(json("{\"" + "n".repeat(100_000) + "\":1}"))),
                offline("unreadable", "compresses unasked", responds(gzip(IDLE.getBytes(StandardCharsets.UTF_8)))),
                offline("unreadable", "sends a bomb of 50 MiB", responds(gzip(new byte[50 * MIB]))),
                offline(
                        "unreadable",
                        "declares br and sends JSON",
                        responds(http(OK + "Content-Encoding: br\r\n", IDLE))),
                offline("unreadable", "has no state at all", responds(json("{\"result\":{\"status\":{}}}"))));
    }

    private static List<HostileBehaviour> harmful() {
        return List.of(
                shown("idle", "begins with a byte order mark", responds(json("\uFEFF" + IDLE))),
                shown(
                        "idle",
                        "writes numbers as texts",
                        responds(json(IDLE.replace("210.2", "\"210.2\"").replace("60.1", "\"hot\"")))),
                shown(
                        "idle",
                        "writes NaN",
                        responds(json(IDLE.replace("210.2", "NaN").replace("60.1", "-Infinity")))),
                shown(
                        "idle",
                        "writes numbers that are too great",
                        responds(json(IDLE.replace("210.2", "1e999").replace("60.1", "9".repeat(5000))))),
                shown("idle", "writes 500,000 digits", responds(json(IDLE.replace("210.2", "1".repeat(500_000))))),
                shown(
                        "idle",
                        "gives each name twice",
                        responds(json(IDLE.replace("\"state\":", "\"state\":\"printing\",\"state\":")))),
                shown(
                        "idle",
                        "has objects where numbers belong",
                        responds(json(IDLE.replace("210.2", "{}").replace("60.1", "[[]]")))),
                shown("printing", "has a file name of nearly 1 MiB", responds(named("a".repeat(MIB - 2000)))),
                shown("printing", "has a file name in wrong UTF-8", responds(wrongUtf8())),
                shown(
                        "printing",
                        "has a file name with control characters",
                        responds(named("a\n{\"level\":\"ERROR\"\u001b[31m\u0000\u202Egpj\uD800.g\uFEFF"))),
                shown(
                        "printing",
                        "writes control characters as they are",
                        responds(json(print("RAW").replace("RAW", "a\nb\u001b[2J")))),
                shown(
                        "printing",
                        "has a file name of mark-up",
                        responds(named("</script><svg onload=alert(1)>{{ states('x') }}${jndi:ldap://x}%n"))));
    }

    private static String print(String file) {
        return HostileAnswers.moonraker("printing", file, 100, 0.5);
    }

    private static Buffer named(String file) {
        return json(print(file));
    }

    private static Buffer wrongUtf8() {
        String[] halves = print("MARK").split("MARK", 2);
        return http(
                OK,
                Buffer.buffer(halves[0])
                        .appendBytes(
                                new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xED, (byte) 0xA0, (byte) 0x80
                                })
                        .appendString(halves[1]));
    }

    private static Buffer gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return http(OK + "Content-Encoding: gzip\r\n", Buffer.buffer(packed.toByteArray()));
    }
}
