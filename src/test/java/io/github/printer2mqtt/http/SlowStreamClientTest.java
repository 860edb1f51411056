package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.EventStreamReader.Message;
import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 92: a client that stops reading, while another one reads everything. */
class SlowStreamClientTest {
    private static final int ROUNDS = 200;
    private static final int CHANGES_A_ROUND = 100;

    /** More than the kernel keeps for a connection, and far less than all events together. */
    private static final long MOST_BYTES = 8_000_000;

    private static final String SLOW = "printer2mqtt_http_stream_snapshots_total{cause=\"slow\"}";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void clientThatReadsAgainGetsASnapshot() throws IOException {
        api.fleet.threePrinters();
        try (EventStreamReader slow = EventStreamReader.open(api.port(), "");
                EventStreamReader fast = EventStreamReader.open(api.port(), "")) {
            slow.next("snapshot");
            fast.next("snapshot");

            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < CHANGES_A_ROUND / 2; i++) {
                    api.fleet
                            .record("a", SmallFleet.reading(PrinterState.PAUSED))
                            .record("a", SmallFleet.reading(PrinterState.PRINTING));
                }
                readEvents(fast, CHANGES_A_ROUND);
            }
            assertThat(api.metric(SLOW)).as("while it does not read").isZero();

            Message message = slow.next();
            while (!message.name().equals("snapshot")) {
                message = slow.next();
            }
            assertThat(slow.bytes()).isLessThan(MOST_BYTES).isLessThan(fast.bytes());
            assertThat(api.metric(SLOW)).isEqualTo(1);
            assertThat(message.json().getJsonArray("printers").getJsonObject(0).getString("state"))
                    .isEqualTo("printing");

            api.fleet.record("b", SmallFleet.reading(PrinterState.PRINTING));
            Message next = slow.next("change");
            while (!next.printer().equals("b")) {
                next = slow.next("change");
            }
            JsonObject event = slow.next("event").json();
            assertThat(event.getString("printer")).isEqualTo("b");
        }
    }

    private static void readEvents(EventStreamReader reader, int count) throws IOException {
        int events = 0;
        while (events < count) {
            events += reader.next().name().equals("event") ? 1 : 0;
        }
    }
}
