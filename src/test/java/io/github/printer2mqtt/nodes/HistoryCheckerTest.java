package io.github.printer2mqtt.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership.Holder;
import io.github.printer2mqtt.nodes.Breach.Rule;
import io.github.printer2mqtt.nodes.History.Change;
import io.github.printer2mqtt.nodes.History.Message;
import io.github.printer2mqtt.nodes.History.Outage;
import io.github.printer2mqtt.nodes.History.Request;
import io.github.printer2mqtt.nodes.History.SentCommand;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories made by hand: one without a breach, and one for each rule. */
class HistoryCheckerTest {
    private static final Holder OLD = new Holder("a", 1);
    private static final Holder NEW = new Holder("b", 2);
    private static final String PAUSE = "PUT /api/v1/job/101/pause";

    private final List<Request> requests = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<SentCommand> commands = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();

    private void polled(Holder by, long... seconds) {
        for (long second : seconds) {
            requests.add(new Request(second * 1_000, "p", by, "GET /api/v1/status"));
        }
    }

    private void executed() {
        requests.add(new Request(500, "p", OLD, PAUSE));
    }

    private void published(long at, String topic, JsonObject document) {
        messages.add(new Message(at, "printer2mqtt/printers/p/" + topic, document.encode()));
    }

    private static JsonObject status(long epoch) {
        return new JsonObject().put("state", "idle").put("source", new JsonObject().put("epoch", epoch));
    }

    private void announced(long at, String type, String id) {
        JsonObject event = new JsonObject()
                .put("event_type", type)
                .put("event_id", id)
                .put("job", new JsonObject().put("file", "clip.gcode"));
        published(at, "event", event);
    }

    private void answered(JsonObject answer) {
        published(600, "response/pause", answer.put("transaction", "t1"));
    }

    private static JsonObject error(String code) {
        return new JsonObject().put("status", "error").put("error", new JsonObject().put("code", code));
    }

    private void finished(long at) {
        changes.add(new Change(at, "p", "clip.gcode", "print_finished"));
    }

    private List<Rule> broken(long endSeconds) {
        History history = new History(
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                endSeconds * 1_000,
                requests,
                messages,
                changes,
                commands,
                outages);
        return HistoryChecker.check(history).stream().map(Breach::rule).toList();
    }

    @Test
    void takeOverInTimeBreaksNothing() {
        polled(OLD, 0, 1, 2, 3, 4);
        polled(NEW, 14, 15, 16);
        published(1_000, "state", status(1));
        published(14_000, "state", status(2));
        published(14_000, "availability", new JsonObject().put("state", "online"));
        finished(1_500);
        announced(2_000, "print_finished", "p-1");
        assertThat(broken(26)).isEmpty();
    }

    @Test
    void commandThatIsDoneAndAnsweredBreaksNothing() {
        commands.add(new SentCommand("t1", "p", PAUSE));
        executed();
        answered(new JsonObject().put("status", "ok"));

        assertThat(broken(1)).isEmpty();
    }

    @Test
    void requestWithoutANode() {
        requests.add(new Request(0, "p", null, "GET /api/v1/status"));

        assertThat(broken(1)).containsExactly(Rule.UNNAMED_REQUEST);
    }

    @Test
    void requestUnderAnOlderEpoch() {
        polled(OLD, 0);
        polled(NEW, 1);
        polled(OLD, 2);
        polled(NEW, 3);

        assertThat(broken(4)).containsExactly(Rule.OLD_REQUEST);
    }

    @Test
    void epochOfTwoNodes() {
        polled(OLD, 0);
        polled(new Holder("b", 1), 1);

        assertThat(broken(2)).containsExactly(Rule.SHARED_EPOCH);
    }

    @Test
    void printerThatWaitsTooLong() {
        polled(OLD, 0);
        polled(NEW, 12);

        assertThat(broken(13)).containsExactly(Rule.NOT_POLLED);
    }

    @Test
    void printerThatIsNeverPolledAgain() {
        polled(OLD, 0);

        assertThat(broken(12)).containsExactly(Rule.NOT_POLLED);
    }

    @Test
    void outageDoesNotCount() {
        polled(OLD, 0);
        polled(OLD, 20);
        outages.add(new Outage(2_000, 14_000));

        assertThat(broken(21)).isEmpty();
    }

    @Test
    void stateOfAnOlderEpoch() {
        published(0, "state", status(2));
        published(1, "state", status(1));

        assertThat(broken(1)).containsExactly(Rule.OLD_STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "availability"})
    void printerCalledOffline(String topic) {
        published(0, topic, new JsonObject().put("state", "offline"));

        assertThat(broken(1)).containsExactly(Rule.FALSELY_OFFLINE);
    }

    @Test
    void bridgeCalledOffline() {
        messages.add(new Message(0, "printer2mqtt/bridge/state", "{\"state\":\"offline\"}"));

        assertThat(broken(1)).containsExactly(Rule.FALSELY_OFFLINE);
    }

    @Test
    void eventOfAnOfflinePrinter() {
        announced(0, "printer_offline", "p-1");

        assertThat(broken(1)).containsExactly(Rule.FALSELY_OFFLINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"printer2mqtt/printers/p/state", "homeassistant/device/printer2mqtt_p/config"})
    void clearedTopic(String topic) {
        messages.add(new Message(0, topic, ""));

        assertThat(broken(1)).containsExactly(Rule.CLEARED_TOPIC);
    }

    @Test
    void clearedAlertBreaksNothing() {
        messages.add(new Message(0, "printer2mqtt/printers/p/alert/stalled", ""));

        assertThat(broken(1)).isEmpty();
    }

    @Test
    void changeSeenByOneNodeWithoutAnEvent() {
        polled(OLD, 0, 1, 2, 3, 4);
        published(1_000, "state", status(1));
        finished(1_500);
        JsonObject job = new JsonObject().put("file", "clip.gcode").put("result", "finished");
        published(2_000, "state", status(1).put("last_job", job));

        assertThat(broken(5)).containsExactly(Rule.LOST_EVENT);
    }

    @Test
    void changeBetweenTwoNodesIsShownAtLeast() {
        polled(OLD, 0, 1);
        published(1_000, "state", status(1));
        finished(1_500);
        polled(NEW, 5, 6, 7);
        JsonObject job = new JsonObject().put("file", "clip.gcode").put("result", "unknown");
        published(5_000, "state", status(2).put("last_job", job));
        assertThat(broken(8)).containsExactly(Rule.LOST_EVENT);

        published(6_000, "state", status(2).put("last_job", job.copy().put("result", "finished")));
        assertThat(broken(8)).isEmpty();
    }

    @Test
    void changeBeforeTheFirstReadingOfANodeIsShownAtLeast() {
        polled(OLD, 0, 1, 2, 3, 4);
        published(1_000, "state", status(1).put("state", "unknown"));
        finished(1_500);
        JsonObject job = new JsonObject().put("file", "clip.gcode").put("result", "finished");
        published(2_000, "state", status(1).put("last_job", job));

        assertThat(broken(5)).isEmpty();
    }

    @Test
    void secondEventOfAChange() {
        finished(0);
        announced(1, "print_finished", "p-1");
        announced(2, "print_finished", "p-2");

        assertThat(broken(1)).containsExactly(Rule.REPEATED_EVENT);
    }

    @Test
    void eventWithoutAChange() {
        announced(1, "print_started", "p-1");

        assertThat(broken(1)).containsExactly(Rule.INVENTED_EVENT);
    }

    @Test
    void commandThatReachesItsPrinterTwice() {
        commands.add(new SentCommand("t1", "p", PAUSE));
        executed();
        executed();

        assertThat(broken(1)).containsExactly(Rule.REPEATED_COMMAND);
    }

    @Test
    void commandThatWasNotSent() {
        executed();

        assertThat(broken(1)).containsExactly(Rule.REPEATED_COMMAND);
    }

    @Test
    void commandThatIsCalledDoneAndDidNotReachItsPrinter() {
        commands.add(new SentCommand("t1", "p", PAUSE));
        answered(new JsonObject().put("status", "ok"));

        assertThat(broken(1)).containsExactly(Rule.WRONG_ANSWER);
    }

    @Test
    void commandThatIsCalledNotDoneAndReachedItsPrinter() {
        commands.add(new SentCommand("t1", "p", PAUSE));
        executed();
        answered(error("no_owner"));

        assertThat(broken(1)).containsExactly(Rule.WRONG_ANSWER);
    }

    @Test
    void commandWithTwoAnswers() {
        commands.add(new SentCommand("t1", "p", PAUSE));
        answered(error("no_owner"));
        answered(error("no_owner"));

        assertThat(broken(1)).containsExactly(Rule.WRONG_ANSWER);
    }

    @Test
    void commandWithoutAnAnswerBreaksNothing() {
        commands.add(new SentCommand("t1", "p", PAUSE));
        commands.add(new SentCommand("t2", "p", "PUT /api/v1/job/101/resume"));
        executed();

        assertThat(broken(1)).isEmpty();
    }
}
