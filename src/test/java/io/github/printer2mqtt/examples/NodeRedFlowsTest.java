package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the names in the example flows and whether Node-RED can import them, without Node-RED. */
class NodeRedFlowsTest {
    private static final Pattern EVENT_TYPE = Pattern.compile("\\[\"([a-z_]+)\", \"");

    static Stream<NodeRedFlow> flows() {
        return NodeRedFlow.all();
    }

    @Test
    void readmeNamesAllFlows() {
        assertThat(flows().map(NodeRedFlow::name))
                .containsExactly("alert-on-failure.json", "commands.json", "fleet-table.json");
    }

    @ParameterizedTest
    @MethodSource("flows")
    void onlyReleasedTopicsAreUsed(NodeRedFlow flow) {
        List<String> topics = new ArrayList<>();
        flow.ofType("mqtt in").forEach(node -> topics.add(node.getString("topic")));
        for (JsonObject inject : flow.ofType("inject")) {
            inject.getJsonArray("props").stream()
                    .map(JsonObject.class::cast)
                    .filter(prop -> "topic".equals(prop.getString("p")))
                    .forEach(prop -> topics.add(prop.getString("v")));
        }
        assertThat(topics).isNotEmpty().allMatch(ReleasedNames::isTopic, "is a topic of the bridge");
    }

    @ParameterizedTest
    @MethodSource("flows")
    void brokerIsLocalAndWithoutCredentials(NodeRedFlow flow) {
        assertThat(flow.ofType("mqtt-broker")).singleElement().satisfies(broker -> {
            assertThat(broker.getString("broker")).isEqualTo("127.0.0.1");
            assertThat(broker.getString("port")).isEqualTo("1883");
            assertThat(broker.containsKey("credentials")).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("flows")
    void wiresLeadToExistingNodesAndFlowsHaveDescriptions(NodeRedFlow flow) {
        Set<String> ids =
                flow.nodes().stream().map(node -> node.getString("id")).collect(Collectors.toSet());
        assertThat(ids).as("ids are unique").hasSameSizeAs(flow.nodes());
        for (JsonObject node : flow.nodes()) {
            Stream<Object> wires =
                    node.getJsonArray("wires", new JsonArray()).stream().flatMap(port -> ((JsonArray) port).stream());
            Stream<Object> links = node.getJsonArray("links", new JsonArray()).stream();
            assertThat(Stream.concat(wires, links)).allMatch(ids::contains, "is the id of a node");
            String name = node.getString("type").equals("tab") ? "label" : "name";
            assertThat(node.getString(name))
                    .as("name of %s", node.getString("id"))
                    .isNotEmpty();
        }
        assertThat(flow.ofType("comment")).isNotEmpty();
    }

    @Test
    void alertsUseReleasedEventTypes() {
        String decision = NodeRedFlow.named("alert-on-failure.json").nodes().stream()
                .filter(node -> "one message for each alert".equals(node.getString("name")))
                .findFirst()
                .orElseThrow()
                .getString("func");
        Set<String> alerted = new TreeSet<>();
        Matcher type = EVENT_TYPE.matcher(decision);
        while (type.find()) {
            alerted.add(type.group(1));
        }
        assertThat(alerted).containsExactly("attention", "print_failed", "printer_offline");
        assertThat(ReleasedNames.eventTypes()).containsAll(alerted);
        assertThat(decision).as("the comment that lists all event types").contains(ReleasedNames.eventTypes());
    }
}
