package io.github.printer2mqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.publish.AlertPublisher;
import io.github.printer2mqtt.mqtt.publish.CountsPublisher;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.publish.StaleTopicCleaner;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.testing.NoOpRetainedTopicRepository;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertAndCountTopicsTest {
    private static final String ERROR = "p/printers/mk4/alert/error";
    private static final String STALLED = "p/printers/mk4/alert/stalled";

    private final Topics topics = new Topics("p");
    private final RetainedTopics retained = new RetainedTopics(topics, new NoOpRetainedTopicRepository(), value -> {});
    private final List<Alert> open = new ArrayList<>();
    private final AlertPublisher alerts = new AlertPublisher(() -> List.copyOf(open), topics, retained);
    private final FleetState fleet = TestFleet.create(0, () -> 0);
    private final CountsPublisher counts = new CountsPublisher(fleet, topics, retained);

    @Test
    void openAlertIsRetainedAndClearedWhenItEnds() {
        open.add(alert(AlertCode.ERROR));
        open.add(alert(AlertCode.STALLED));
        alerts.refresh();
        assertThat(sent()).containsExactly(ERROR, STALLED);
        alerts.refresh();
        assertThat(sent()).isEmpty();
        open.remove(0);
        alerts.refresh();
        assertThat(sent()).containsExactly(ERROR + " empty");
        alerts.refresh();
        assertThat(sent()).isEmpty();
    }

    @Test
    void alertOfAnEarlierRunIsClearedUnlessStillOpen() {
        open.add(alert(AlertCode.ERROR));
        alerts.refresh();
        StaleTopicCleaner.clear(topics, retained, List.of(ERROR, STALLED), Set.of());
        assertThat(sent()).containsExactly(ERROR, STALLED + " empty");
    }

    @Test
    void countsAreSentOnChangeAndClearedWithTheLastPrinterOfAGroup() {
        register("shelf-a");
        counts.refresh();
        assertThat(sent()).containsExactly("p/fleet/state", "p/groups/shelf-a/state");
        counts.refresh();
        register("shelf-a");
        counts.refresh();
        assertThat(sent()).isEmpty();
        register("shelf-b");
        counts.refresh();
        assertThat(sent()).containsExactly("p/groups/shelf-b/state", "p/groups/shelf-a/state empty");
    }

    /** What is to be sent now; acknowledges it. */
    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (RetainedTopics.Value value = retained.next(); value != null; value = retained.next()) {
            retained.onSent(value);
            sent.add(value.topic().text() + (value.payload().length == 0 ? " empty" : ""));
            retained.onAcknowledged(value);
        }
        return sent;
    }

    private void register(String group) {
        Printer printer = TestPrinters.printer(new PrinterId("mk4"), "MK4", "prusalink", "mk4.local", group);
        fleet.register(printer, Set.of(), 2);
    }

    private static Alert alert(AlertCode code) {
        return new Alert(
                new PrinterId("mk4"), code, Alert.Severity.WARNING, "message", Instant.parse("2026-11-21T09:50:00Z"));
    }
}
