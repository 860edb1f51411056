package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.http.list.CombinedCrc;
import io.github.printer2mqtt.http.list.CompressedList;
import io.github.printer2mqtt.http.list.DeflatedBytes;
import io.github.printer2mqtt.http.list.GzipMember;
import io.github.printer2mqtt.http.list.ListDocument;
import io.github.printer2mqtt.http.list.ListQuery;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compressed list is built from pages and equals a list compressed as a whole. */
class CompressedListTest {
    private static final ListQuery ALL_PRINTERS = ListQuery.parse("");

    private static final List<PollResult> RESULTS = List.of(
            SmallFleet.reading(PrinterState.PRINTING),
            SmallFleet.reading(PrinterState.IDLE),
            SmallFleet.reading(PrinterState.PAUSED),
            PollFailure.of(FailureReason.TIMEOUT),
            PollFailure.of(FailureReason.AUTH));

    private final SmallFleet fleet = new SmallFleet();

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 62, 1000})
    void pagesJoinToTheSameListAfterAnyChanges(long seed) throws IOException {
        Random random = new Random(seed);
        CompressedList before = null;
        Set<String> registeredIds = new HashSet<>();
        for (int step = 0; step < 60; step++) {
            for (int i = random.nextInt(40); i >= 0; i--) {
                changeRandomPrinter(random, registeredIds);
            }
            CombinedFleet.Snapshot now = CombinedFleet.of(fleet.state()).snapshot();
            CompressedList list = CompressedList.of(now, before);
            assertThat(unzipped(list.bytes()))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(ListDocument.join(now, ALL_PRINTERS));
            // Versions that no client requests are skipped.
            before = random.nextInt(4) == 0 ? before : list;
        }
    }

    private void changeRandomPrinter(Random random, Set<String> registeredIds) {
        String id = "p" + random.nextInt(500);
        int action = random.nextInt(10);
        if (action == 0) {
            fleet.state().remove(new PrinterId(id));
            registeredIds.remove(id);
        } else if (action < 5 || !registeredIds.contains(id)) {
            fleet.register(id, "shelf-" + random.nextInt(9), "tag");
            registeredIds.add(id);
        } else {
            fleet.record(id, RESULTS.get(random.nextInt(RESULTS.size())));
        }
    }

    @Test
    void onlyChangedPagesAreCompressed() {
        for (int i = 0; i < 1_000; i++) {
            fleet.register("p" + i, null);
        }
        CompressedList first = build(null);
        assertThat(first.compressed()).isGreaterThan(10);

        fleet.record("p500", SmallFleet.reading(PrinterState.PRINTING));
        fleet.record("p500", SmallFleet.reading(PrinterState.PAUSED));
        CompressedList second = build(first);
        assertThat(second.compressed()).isEqualTo(1);
        assertThat(build(second).compressed()).isZero();

        // Ids are sorted, so this one is the last.
        fleet.register("q", null);
        assertThat(build(second).compressed()).isEqualTo(1);
        fleet.state().remove(new PrinterId("p0"));
        assertThat(build(second).compressed()).isEqualTo(first.compressed());
    }

    @Test
    void emptyFleetGivesAnEmptyList() throws IOException {
        assertThat(unzipped(build(null).bytes()))
                .isEqualTo(ListDocument.join(CombinedFleet.of(fleet.state()).snapshot(), ALL_PRINTERS));

        fleet.register("a", null);
        CompressedList one = build(null);
        fleet.state().remove(new PrinterId("a"));
        assertThat(unzipped(build(one).bytes()))
                .isEqualTo(ListDocument.join(CombinedFleet.of(fleet.state()).snapshot(), ALL_PRINTERS));
    }

    @Test
    void combinedChecksumEqualsThatOfTheWhole() {
        Random random = new Random(3);
        for (int length : new int[] {0, 1, 2, 255, 4096, 100_003}) {
            byte[] first = new byte[random.nextInt(5000)];
            byte[] second = new byte[length];
            random.nextBytes(first);
            random.nextBytes(second);
            CRC32 whole = new CRC32();
            whole.update(first);
            whole.update(second);
            assertThat(CombinedCrc.of(crc(first), crc(second), length)).isEqualTo((int) whole.getValue());
        }
    }

    @Test
    void independentPartsJoinToOneMember() throws IOException {
        Random random = new Random(5);
        List<DeflatedBytes> parts = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        for (int length : new int[] {0, 8191, 8192, 8193, 70_000, 3}) {
            String text = random.ints(length, 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            whole.append(text);
            parts.add(DeflatedBytes.ofPart(text.getBytes(StandardCharsets.UTF_8)));
        }
        parts.add(DeflatedBytes.ofEnd(new byte[0]));
        assertThat(unzipped(GzipMember.of(parts))).asString().isEqualTo(whole.toString());
    }

    private CompressedList build(@Nullable CompressedList before) {
        return CompressedList.of(CombinedFleet.of(fleet.state()).snapshot(), before);
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Fails if bytes follow the first member, or if its checksum or length is wrong. */
    private static byte[] unzipped(byte[] member) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(member);
        try (GZIPInputStream gzip = new GZIPInputStream(bytes, 8192)) {
            byte[] plain = gzip.readAllBytes();
            assertThat(bytes.available()).isZero();
            return plain;
        }
    }
}
