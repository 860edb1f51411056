package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.json.BrokerStats;
import io.github.printer2mqtt.json.CountsDocument;
import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.StateCounts;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every template of every message, with every kind of document published on its topic. */
final class TemplateCases {
    private static final Topics TOPICS = new Topics("printer2mqtt");
    private static final PrinterId ID = new PrinterId("mk4");

    private final Map<String, List<JsonObject>> documents = new HashMap<>();
    private final List<TemplateCase> cases = new ArrayList<>();

    private TemplateCases() {}

    /**
     * One template and one document.
     *
     * @param component with the template; {@code root} for the device's own
     * @param template as announced
     * @param document that the template is applied to
     */
    record TemplateCase(String component, String template, JsonObject document) {}

    static List<TemplateCase> all() {
        TemplateCases all = new TemplateCases();
        all.documents();
        DiscoveryPlan plan = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS);
        PrinterFacts facts = DiscoveryFixture.withAllFields(
                DiscoveryFixture.facts(ID.value(), new MoonrakerDriver()).with(new ObservedHardware(2, true, true)));
        all.add(json(plan.printer(facts).bytes()));
        all.add(json(plan.bridge().bytes()));
        return all.cases;
    }

    private void documents() {
        for (Status status : SampleStatuses.all()) {
            put(TOPICS.printerState(ID).text(), new StatusDocument(status).bytes());
        }
        Instant now = Instant.parse("2026-11-21T09:50:00Z");
        put(TOPICS.printerAvailability(ID).text(), PrinterDocuments.online());
        put(TOPICS.printerAvailability(ID).text(), PrinterDocuments.offline(FailureReason.TIMEOUT, now));
        put(TOPICS.printerAvailability(ID).text(), PrinterDocuments.offline(null, now));
        put(TOPICS.bridgeState().text(), BridgeDocuments.online());
        put(TOPICS.bridgeState().text(), BridgeDocuments.offline());
        BridgeDocuments.BridgeFacts facts =
                new BridgeDocuments.BridgeFacts("0.1.0", now, List.of("moonraker"), BridgeConfig.defaults());
        put(TOPICS.bridgeInfo().text(), BridgeDocuments.info(facts, new StateCounts(Map.of(), 0, null, null)));
        put(TOPICS.fleetState().text(), CountsDocument.fleet(new StateCounts(Map.of(), 0, null, null)));
        put(
                TOPICS.fleetState().text(),
                CountsDocument.fleet(new StateCounts(
                        Map.of(PrinterState.PRINTING, 2, PrinterState.OFFLINE, 1), 3, now.plusSeconds(600), ID)));
        put(
                TOPICS.bridgeHealth().text(),
                BridgeDocuments.health(
                        now,
                        new BridgeDocuments.ProcessStats(Duration.ofSeconds(5), 1, 2, 3),
                        new BrokerStats(true, null, null, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                        new BridgeDocuments.PollStats(10, 1, 20, 40, 60)));
    }

    private void put(String topic, byte[] document) {
        documents.computeIfAbsent(topic, key -> new ArrayList<>()).add(json(document));
    }

    private void add(JsonObject message) {
        availability("root", message);
        JsonObject components = message.getJsonObject("components");
        for (String id : components.fieldNames()) {
            JsonObject component = components.getJsonObject(id);
            availability(id, component);
            String state = component.getString("state_topic", message.getString("state_topic"));
            pair(id, state, component.getString("value_template"));
            pair(id, component.getString("json_attributes_topic"), component.getString("json_attributes_template"));
        }
    }

    private void availability(String component, JsonObject holder) {
        if (holder.containsKey("availability")) {
            holder.getJsonArray("availability").stream()
                    .map(JsonObject.class::cast)
                    .forEach(one -> pair(component, one.getString("topic"), one.getString("value_template")));
        }
    }

    private void pair(String component, @Nullable String topic, @Nullable String template) {
        if (template == null) {
            return;
        }
        List<JsonObject> known = documents.getOrDefault(topic, List.of());
        if (known.isEmpty()) {
            throw new AssertionError(component + " reads " + topic + ", for which there is no document");
        }
        known.forEach(document -> cases.add(new TemplateCase(component, template, document)));
    }

    private static JsonObject json(byte[] bytes) {
        return new JsonObject(Buffer.buffer(bytes));
    }
}
