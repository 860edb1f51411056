package io.github.printer2mqtt.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogTailTest {
    @Test
    void oldestLinesGiveWayByNumberAndBySize() {
        LogTail tail = new LogTail(3, 10);
        for (String line : List.of("1", "2", "3", "4")) {
            tail.add(bytes(line));
        }
        assertThat(texts(tail)).containsExactly("2", "3", "4");

        tail.add(bytes("123456789"));
        assertThat(texts(tail)).containsExactly("4", "123456789");

        tail.add(bytes("longer than everything"));
        assertThat(texts(tail)).isEmpty();
    }

    @Test
    void linesAreKeptWhileItRuns() {
        LogTail tail = new LogTail();
        String name = "io.github.printer2mqtt.logging.LogTailTest";
        tail.start();
        LoggerFactory.getLogger(name).warn("kept");
        tail.stop();
        LoggerFactory.getLogger(name).warn("after its end");

        assertThat(texts(tail))
                .anyMatch(line -> line.contains("\"message\":\"kept\""))
                .noneMatch(line -> line.contains("after its end"));
    }

    @Test
    void lineForSeveralReadersIsEncodedOnce() {
        LogTail tail = new LogTail();
        List<byte[]> published = new ArrayList<>();
        tail.start();
        Runnable feed = new LogbackLogFeed().follow(published::add);
        LoggerFactory.getLogger("io.github.printer2mqtt.logging.LogTailTest").warn("for two");
        feed.run();
        tail.stop();

        // Another thread may log too.
        assertThat(published)
                .filteredOn(line -> new String(line, StandardCharsets.UTF_8).contains("for two"))
                .singleElement()
                .satisfies(line -> assertThat(tail.lines()).anyMatch(kept -> kept == line));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(LogTail tail) {
        return tail.lines().stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }
}
