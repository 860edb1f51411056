package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.http.EventStreamReader.Message;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that disconnects at random while the fleet changes, compared with the fleet itself. */
class EventStreamResumeTest {
    private static final int CHANGES = 1000;

    /** Events that every client is sent. Each ends a connection, and the changes go on when it has been read. */
    private static final int MARKS = 20;

    private static final int PRINTERS = 12;
    private static final String MARKER = "zz-marker";
    private static final List<PrinterState> STATES =
            List.of(PrinterState.IDLE, PrinterState.PRINTING, PrinterState.PAUSED, PrinterState.FINISHED);

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    private final List<String> happened = new CopyOnWriteArrayList<>();

    private final Semaphore marksRead = new Semaphore(0);

    /** What a client has, from what it was sent. */
    private static final class View {
        private final Map<String, JsonObject> printers = new TreeMap<>();
        private final List<String> events = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private int snapshots;
        private int marks;

        void apply(Message message) {
            assertThat(ids.add(message.id())).as("sent twice: %s", message).isTrue();
            switch (message.name()) {
                case "snapshot" -> {
                    snapshots++;
                    printers.clear();
                    JsonArray all = message.json().getJsonArray("printers");
                    all.forEach(each -> put((JsonObject) each));
                }
                case "change" -> put(message.json());
                case "removed" -> printers.remove(message.printer());
                case "event" -> {
                    events.add(message.json().getString("event_id"));
                    marks += message.json().getString("printer").equals(MARKER) ? 1 : 0;
                }
                default -> throw new AssertionError("unexpected " + message);
            }
        }

        private void put(JsonObject printer) {
            // Polls alone are not announced.
            printer.remove("poll");
            printers.put(printer.getString("id"), printer);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "'', 2", "?state=printing, 3", "?state=printing, 4", "?group=shelf-1&fields=state, 5"})
    void nothingIsLostOrSentTwice(String query, long seed) throws IOException {
        api.fleet.register(MARKER, "shelf-1").record(MARKER, SmallFleet.reading(PrinterState.IDLE));
        api.fleet.state().addListener(new FleetListener() {
            @Override
            public void onEvent(PrinterEvent event) {
                if (!query.contains("group") || "shelf-1".equals(event.group())) {
                    happened.add(event.id());
                }
            }
        });
        Random random = new Random(seed);
        View view = new View();
        String position = readSome(query, "", view, 1);
        CompletableFuture<Void> changing = CompletableFuture.runAsync(() -> changeAtRandom(new Random(seed + 100)));

        int connections = 1;
        while (view.marks < MARKS) {
            connections++;
            position = readSome(query, position, view, 1 + random.nextInt(20));
        }
        changing.join();

        assertThat(connections).isGreaterThan(MARKS);
        assertThat(view.snapshots).isEqualTo(1);
        assertThat(view.printers).isEqualTo(expected(query));
        assertThat(view.events).isEqualTo(happened).hasSizeGreaterThan(20);
    }

    /** Connects, reads some messages or up to the next mark, disconnects and returns the last id. */
    private String readSome(String query, String position, View view, int count) throws IOException {
        int before = view.marks;
        try (EventStreamReader reader = EventStreamReader.resume(api.port(), query, position)) {
            for (int i = 0; i < count && view.marks == before; i++) {
                view.apply(reader.next());
            }
            marksRead.release(view.marks - before);
            return reader.lastId();
        }
    }

    private void changeAtRandom(Random random) {
        Set<String> registered = new HashSet<>();
        for (int i = 0; i < CHANGES; i++) {
            if (i > 0 && i % (CHANGES / MARKS) == 0) {
                mark(i / (CHANGES / MARKS));
            }
            String id = "p" + random.nextInt(PRINTERS);
            int action = random.nextInt(20);
            if (!registered.contains(id) || action == 0) {
                api.fleet.register(id, random.nextBoolean() ? "shelf-1" : "shelf-2");
                registered.add(id);
            } else if (action == 1) {
                api.fleet.remove(id);
                registered.remove(id);
            } else if (action < 5) {
                api.fleet.record(id, PollFailure.of(FailureReason.TIMEOUT));
            } else if (action < 9) {
                api.fleet.record(id, SmallFleet.readingWithProgress(random.nextInt(100)));
            } else {
                api.fleet.record(id, SmallFleet.reading(STATES.get(random.nextInt(STATES.size()))));
            }
        }
        mark(MARKS);
    }

    private void mark(int number) {
        PrinterState state = number % 2 == 1 ? PrinterState.PRINTING : PrinterState.PAUSED;
        api.fleet.record(MARKER, SmallFleet.reading(state));
        try {
            assertThat(marksRead.tryAcquire(20, TimeUnit.SECONDS))
                    .as("mark %d was read", number)
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, JsonObject> expected(String query) {
        Predicate<Status> listed = query.contains("state=")
                ? status -> status.state() == PrinterState.PRINTING
                : query.contains("group") ? status -> "shelf-1".equals(status.group()) : status -> true;
        Map<String, JsonObject> expected = new TreeMap<>();
        for (StatusDocument document : api.fleet.state().snapshot().documents()) {
            if (listed.test(document.status())) {
                JsonObject printer = new JsonObject(Buffer.buffer(document.bytes()));
                printer.remove("poll");
                if (query.contains("fields")) {
                    printer.fieldNames().removeIf(key -> !key.equals("id") && !key.equals("state"));
                }
                expected.put(document.status().id().value(), printer);
            }
        }
        return expected;
    }
}
