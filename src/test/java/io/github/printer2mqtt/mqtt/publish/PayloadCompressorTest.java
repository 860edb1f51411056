package io.github.printer2mqtt.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.mqtt.publish.PayloadCompressor.Compressed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadCompressorTest {
    private final PayloadCompressor compressor = new PayloadCompressor();

    @Test
    void similarPayloadsCompressWell() {
        compressor.compress(device("x1", 30));

        assertThat(compressor.compress(device("y2", 30)).bytes()).hasSizeLessThan(device("y2", 30).length / 10);
    }

    @Test
    void payloadsAreRestored() {
        Random random = new Random(62);
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] payload = device("p" + random.nextInt(1000), random.nextInt(60));
            if (i % 7 == 0) {
                payload = new byte[random.nextInt(40_000)];
                random.nextBytes(payload);
            }
            payloads.add(payload);
        }
        List<Compressed> compressed =
                payloads.stream().map(compressor::compress).toList();

        for (int i = 0; i < payloads.size(); i++) {
            assertThat(compressed.get(i).decompress()).isEqualTo(payloads.get(i));
        }
    }

    private static byte[] device(String id, int entities) {
        return IntStream.range(0, entities)
                .mapToObj(entity ->
                        "{\"unique_id\": \"" + id + "_" + entity * 7919 + "\", \"state\": \"printers/" + id + "\"}")
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
