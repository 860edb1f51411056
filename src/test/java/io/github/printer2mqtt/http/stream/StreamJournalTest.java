package io.github.printer2mqtt.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.http.list.ListQuery;
import io.github.printer2mqtt.http.stream.StreamMessage.Event;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.testing.TestFleet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamJournalTest {
    private static final StreamFilter ALL = StreamFilter.of(ListQuery.parse(""));
    private static final StreamFilter SHELF_1 = StreamFilter.of(ListQuery.parse("group=shelf-1&fields=id"));
    private static final Event EVENT = new Event("event", "{}".getBytes(StandardCharsets.UTF_8));

    private final FleetState fleet = TestFleet.create(0, System::nanoTime);
    private final StreamJournal journal = new StreamJournal();

    @BeforeEach
    void start() {
        register("a", "shelf-1");
        register("b", "shelf-2");
        journal.start(CombinedFleet.of(fleet).snapshot());
    }

    @Test
    void newestChangeOfAPrinterReplacesOthers() {
        long before = journal.last();
        change("a", "shelf-1");
        change("b", "shelf-2");
        change("a", "shelf-3");

        assertThat(journal.after(before)).hasSize(2);
        assertThat(eventsSince(before, ALL)).containsExactly("change", "change");
        assertThat(journal.canResume(before)).isTrue();
    }

    @Test
    void clientsThatCameAtDifferentTimesAreToldWhatTheyMiss() {
        long first = journal.last();
        change("a", "shelf-2");
        long second = journal.last();
        change("a", "shelf-3");

        assertThat(eventsSince(first, SHELF_1)).as("it has the printer").containsExactly("removed");
        assertThat(eventsSince(second, SHELF_1)).as("it does not").isEmpty();

        change("a", "shelf-1");
        assertThat(eventsSince(first, SHELF_1)).containsExactly("removed", "change");
        assertThat(eventsSince(second, SHELF_1)).containsExactly("change");
    }

    /** The change that let the printer leave the filter is superseded before the client has read so far. */
    @Test
    void clientThatResumesBetweenTwoChangesIsToldThatThePrinterLeft() {
        long before = journal.last();
        change("a", "shelf-2");
        journal.notice(new PrinterKey(null, new PrinterId("b")), EVENT, 1);
        long resumed = journal.last();
        change("a", "shelf-3");

        assertThat(journal.after(before))
                .filteredOn(message -> message.sequence() < resumed)
                .extracting(message -> message.eventFor(SHELF_1))
                .extracting(event -> event == null ? null : event.name())
                .containsExactly("removed");
    }

    @Test
    void eventBelongsToTheGroupThatThePrinterHadThen() {
        long before = journal.last();
        change("a", "shelf-2");

        journal.notice(null, event("a", "shelf-1"), 1);

        assertThat(eventsSince(before, SHELF_1)).containsExactly("removed", "event");
    }

    @Test
    void printerThatWasNeverIncludedIsNotRemoved() {
        long before = journal.last();
        change("b", "shelf-2");
        assertThat(eventsSince(before, SHELF_1)).isEmpty();

        change("b", "shelf-3");
        assertThat(eventsSince(before, SHELF_1)).isEmpty();

        change("c", "shelf-3");
        assertThat(eventsSince(before, SHELF_1)).isEmpty();

        fleet.remove(new PrinterId("b"));
        journal.change(
                new PrinterKey(null, new PrinterId("b")), null, fleet.snapshot().version());
        assertThat(eventsSince(journal.last() - 1, SHELF_1)).isEmpty();
    }

    @Test
    void unknownPrinterThatDoesNotExistIsNoChange() {
        long before = journal.last();
        journal.change(new PrinterKey(null, new PrinterId("x")), null, 1);
        assertThat(journal.last()).isEqualTo(before);
    }

    @Test
    void oldestEventsAreDropped() {
        long before = journal.last();
        for (int i = 0; i < StreamJournal.MAX_NOTICES; i++) {
            journal.notice(new PrinterKey(null, new PrinterId("a")), EVENT, 1);
        }
        assertThat(journal.hasLost(before)).isFalse();

        journal.notice(new PrinterKey(null, new PrinterId("a")), EVENT, 1);

        assertThat(journal.hasLost(before)).isTrue();
        assertThat(journal.canResume(before + 1)).isTrue();
        assertThat(journal.after(before + 1)).hasSize(StreamJournal.MAX_NOTICES);
    }

    @Test
    void removalsAreBoundedToo() {
        long before = journal.last();
        for (int i = 0; i <= StreamJournal.MAX_NOTICES; i++) {
            change("p" + i, null);
            fleet.remove(new PrinterId("p" + i));
            journal.change(
                    new PrinterKey(null, new PrinterId("p" + i)),
                    null,
                    fleet.snapshot().version());
        }

        assertThat(journal.hasLost(before)).isTrue();
        assertThat(journal.after(0)).hasSize(StreamJournal.MAX_NOTICES);
    }

    @Test
    void registrationAfterARemovalReplacesIt() {
        long before = journal.last();
        fleet.remove(new PrinterId("a"));
        journal.change(
                new PrinterKey(null, new PrinterId("a")), null, fleet.snapshot().version());
        change("a", "shelf-1");
        assertThat(eventsSince(before, ALL)).containsExactly("change");

        for (int i = 0; i < StreamJournal.MAX_NOTICES; i++) {
            journal.notice(new PrinterKey(null, new PrinterId("b")), EVENT, 1);
        }
        assertThat(journal.hasLost(before))
                .as("only the superseded removal was dropped")
                .isFalse();
    }

    @Test
    void positionsOfAnEarlierTimeAreUnknownAfterARestartOfTheJournal() {
        long before = journal.last();
        journal.stop();
        journal.start(CombinedFleet.of(fleet).snapshot());

        assertThat(journal.canResume(before)).isFalse();
        assertThat(journal.canResume(journal.last())).isTrue();
        assertThat(journal.canResume(journal.last() + 1)).isFalse();
    }

    @Test
    void noticeOfARemovedPrinterStillHasItsGroup() {
        fleet.remove(new PrinterId("a"));
        journal.change(
                new PrinterKey(null, new PrinterId("a")), null, fleet.snapshot().version());
        long before = journal.last();

        journal.notice(new PrinterKey(null, new PrinterId("a")), EVENT, 1);
        journal.notice(new PrinterKey(null, new PrinterId("b")), EVENT, 1);
        journal.notice(new PrinterKey(null, new PrinterId("nobody")), EVENT, 1);

        assertThat(eventsSince(before, SHELF_1)).containsExactly("event");
        assertThat(eventsSince(before, ALL)).hasSize(3);
    }

    private static PrinterEvent event(String printer, String group) {
        return new PrinterEvent(
                PrinterEvent.Type.PRINT_STARTED,
                "event",
                Instant.EPOCH,
                new PrinterId(printer),
                printer,
                group,
                null,
                PrinterState.IDLE,
                PrinterState.PRINTING);
    }

    private List<String> eventsSince(long seen, StreamFilter filter) {
        List<String> names = new ArrayList<>();
        for (StreamMessage message : journal.after(seen)) {
            Event event = message.eventFor(filter);
            if (event != null) {
                names.add(event.name());
            }
        }
        return names;
    }

    private void change(String id, @Nullable String group) {
        register(id, group);
        PrinterId printer = new PrinterId(id);
        journal.change(
                new PrinterKey(null, printer),
                fleet.snapshot().find(printer),
                fleet.snapshot().version());
    }

    private void register(String id, @Nullable String group) {
        Printer printer = new Printer(
                new PrinterId(id),
                id,
                "prusalink",
                AddressText.parse("192.0.2.20").withDefaultPort(80),
                null,
                group,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
        fleet.register(printer, Set.of(), 2);
    }
}
