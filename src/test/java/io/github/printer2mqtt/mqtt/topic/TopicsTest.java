package io.github.printer2mqtt.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private static final Topics TOPICS = new Topics("farm/p2m");
    private static final PrinterId MK4 = new PrinterId("mk4-left");

    /** Topic, retained, QoS, as in docs/reference/mqtt.md. */
    static Stream<String[]> table() {
        return Stream.of(
                row(TOPICS.bridgeState(), "bridge/state retained 1"),
                row(TOPICS.bridgeInfo(), "bridge/info retained 1"),
                row(TOPICS.bridgePrinters(), "bridge/printers retained 1"),
                row(TOPICS.bridgeHealth(), "bridge/health retained 1"),
                row(TOPICS.bridgeEvent(), "bridge/event - 1"),
                row(TOPICS.bridgeLog(), "bridge/log - 0"),
                row(TOPICS.bridgeResponse("add"), "bridge/response/add - 1"),
                row(TOPICS.printerState(MK4), "printers/mk4-left/state retained 1"),
                row(TOPICS.printerAvailability(MK4), "printers/mk4-left/availability retained 1"),
                row(TOPICS.printerEvent(MK4), "printers/mk4-left/event - 1"),
                row(TOPICS.printerAlert(MK4, "hot"), "printers/mk4-left/alert/hot retained 1"),
                row(
                        TOPICS.printerAttribute(MK4, "job/progress"),
                        "printers/mk4-left/attribute/job/progress retained 0"),
                row(
                        TOPICS.response(new Topics.CommandTopic(MK4.value(), "pause")),
                        "printers/mk4-left/response/pause - 1"),
                row(TOPICS.groupState("shelf-a"), "groups/shelf-a/state retained 1"),
                row(TOPICS.fleetState(), "fleet/state retained 1"));
    }

    private static String[] row(Topic topic, String expected) {
        return new String[] {
            topic.text() + (topic.retained() ? " retained " : " - ") + topic.qos(), "farm/p2m/" + expected
        };
    }

    @ParameterizedTest
    @MethodSource("table")
    void topicMatchesTheReference(String actual, String expected) {
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void commandTopicIsParsed() {
        Topics.CommandTopic command =
                Objects.requireNonNull(TOPICS.command("farm/p2m/printers/mk4-left/command/pause"));
        assertThat(command.printer()).isEqualTo("mk4-left");
        assertThat(command.verb()).isEqualTo("pause");
        assertThat(TOPICS.commandFilter()).isEqualTo("farm/p2m/printers/+/command/+");
    }

    @Test
    void requestTopicIsParsed() {
        assertThat(TOPICS.requestVerb("farm/p2m/bridge/request/add")).isEqualTo("add");
        assertThat(TOPICS.requestVerb("farm/p2m/bridge/request/printers/add")).isEqualTo("printers/add");
        assertThat(TOPICS.requestFilter()).isEqualTo("farm/p2m/bridge/request/#");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "farm",
                "farm/p2m/printers",
                "farm/p2m/printers/",
                "farm/p2m/printers//command/pause",
                "farm/p2m/printers/mk4-left/command/",
                "farm/p2m/printers/mk4-left/command/a/b",
                "farm/p2m/bridge/request/",
                "other/printers/mk4-left/command/pause"
            })
    void otherTopicsAreNeitherCommandsNorRequests(String topic) {
        assertThat(TOPICS.command(topic)).isNull();
        assertThat(TOPICS.requestVerb(topic)).isNull();
    }

    @ParameterizedTest
    @MethodSource("retained")
    void changesOfRetainedTopicsMatchOneFilter(Topic topic) {
        assertThat(changeFilters().filter(filter -> new TopicFilter(filter).matches(topic.text())))
                .as(topic.text())
                .hasSize(1);
    }

    static Stream<Topic> retained() {
        return Stream.of(
                TOPICS.bridgeState(),
                TOPICS.bridgeInfo(),
                TOPICS.bridgePrinters(),
                TOPICS.bridgeHealth(),
                TOPICS.printerState(MK4),
                TOPICS.printerAvailability(MK4),
                TOPICS.printerAlert(MK4, "hot"),
                TOPICS.printerAttribute(MK4, "state"),
                TOPICS.printerAttribute(MK4, "job/progress"),
                TOPICS.groupState("shelf-a"),
                TOPICS.fleetState());
    }

    private static Stream<String> changeFilters() {
        return Stream.concat(TOPICS.seldomChangedFilters().stream(), TOPICS.oftenChangedFilters().stream());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge/request/add", "bridge/request/printers/add", "printers/mk4-left/command/pause"})
    void noRequestArrivesTwice(String topic) {
        assertThat(changeFilters()).noneMatch(filter -> new TopicFilter(filter).matches("farm/p2m/" + topic));
    }

    @Test
    void subscriptionsToChangesAreNotEndedWithOthers() {
        assertThat(changeFilters())
                .doesNotContainAnyElementsOf(TOPICS.retainedPrinterFilters())
                .doesNotContain(TOPICS.bridgeState().text(), TOPICS.requestFilter(), TOPICS.commandFilter());
    }

    @Test
    void earlierRetainedTopicsAreParsed() {
        assertThat(TOPICS.parseRetained("farm/p2m/printers/mk4-left/state")).isEqualTo(TOPICS.printerState(MK4));
        assertThat(TOPICS.parseRetained("farm/p2m/printers/mk4-left/alert/hot"))
                .isEqualTo(TOPICS.printerAlert(MK4, "hot"));
        assertThat(TOPICS.parseRetained("farm/p2m/printers/mk4-left/event")).isNull();
        assertThat(TOPICS.parseRetained("farm/p2m/bridge/state")).isNull();
    }
}
