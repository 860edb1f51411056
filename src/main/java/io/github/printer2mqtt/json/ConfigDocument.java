package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration without secrets: a secret that is set is shown as {@code "***"}. */
final class ConfigDocument {
    private ConfigDocument() {}

    static void write(JsonGenerator json, BridgeConfig config) throws IOException {
        json.writeStartObject();
        http(json, config.http());
        mqtt(json, config.mqtt());
        broker(json, config.broker());
        polling(json, config.polling());
        json.writeObjectFieldStart("database");
        json.writeStringField("path", config.database().path());
        json.writeEndObject();
        json.writeObjectFieldStart("commands");
        Json.strings(json, "mqtt", WireConstant.names(config.commands().mqtt()));
        Json.strings(json, "mqtt_requests", WireConstant.names(config.commands().mqttRequests()));
        json.writeEndObject();
        json.writeObjectFieldStart("home_assistant");
        json.writeStringField("discovery", config.homeAssistant().discovery().wireName());
        json.writeStringField("prefix", config.homeAssistant().prefix());
        json.writeEndObject();
        json.writeObjectFieldStart("security");
        json.writeBooleanField("allow_loopback_printers", config.security().allowLoopbackPrinters());
        json.writeEndObject();
        alerts(json, config.alerts());
        log(json, config.log());
        json.writeEndObject();
    }

    private static void http(JsonGenerator json, BridgeConfig.Http http) throws IOException {
        json.writeObjectFieldStart("http");
        json.writeStringField("host", http.host());
        json.writeNumberField("port", http.port());
        json.writeStringField("token", masked(http.token()));
        json.writeEndObject();
    }

    private static void mqtt(JsonGenerator json, MqttConfig mqtt) throws IOException {
        json.writeObjectFieldStart("mqtt");
        json.writeStringField("url", withoutUser(mqtt.url()));
        json.writeStringField("username", mqtt.username());
        json.writeStringField("password", masked(mqtt.password()));
        json.writeStringField("version", mqtt.version().wireName());
        json.writeStringField("base_topic", mqtt.baseTopic());
        json.writeStringField("client_id", mqtt.clientId());
        json.writeBooleanField("attributes", mqtt.attributes());
        json.writeBooleanField("log", mqtt.log());
        Json.strings(json, "response_topics", mqtt.responseTopics());
        json.writeEndObject();
    }

    private static void broker(JsonGenerator json, BridgeConfig.Broker broker) throws IOException {
        json.writeObjectFieldStart("broker");
        json.writeStringField("host", broker.host());
        json.writeNumberField("port", broker.port());
        json.writeStringField("username", broker.username());
        json.writeStringField("password", masked(broker.password()));
        json.writeEndObject();
    }

    private static void polling(JsonGenerator json, BridgeConfig.Polling polling) throws IOException {
        json.writeObjectFieldStart("polling");
        json.writeStringField("timeout", text(polling.timeout()));
        json.writeNumberField("offline_after", polling.offlineAfter());
        json.writeObjectFieldStart("interval");
        json.writeStringField("printing", text(polling.interval().printing()));
        json.writeStringField("preparing", text(polling.interval().preparing()));
        json.writeStringField("paused", text(polling.interval().paused()));
        json.writeStringField("idle", text(polling.interval().idle()));
        json.writeStringField("offline", text(polling.interval().offline()));
        json.writeStringField("offline_max", text(polling.interval().offlineMax()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void alerts(JsonGenerator json, AlertsConfig alerts) throws IOException {
        json.writeObjectFieldStart("alerts");
        Json.strings(json, "rules", WireConstant.names(alerts.rules()));
        after(json, "offline", alerts.offlineAfter());
        after(json, "stalled", alerts.stalledAfter());
        json.writeObjectFieldStart("temperature");
        json.writeStringField("after", text(alerts.temperature().after()));
        json.writeNumberField("deviation", alerts.temperature().deviation());
        Json.number(json, "nozzle_limit", alerts.temperature().nozzleLimit());
        Json.number(json, "bed_limit", alerts.temperature().bedLimit());
        json.writeEndObject();
        after(json, "not_cleared", alerts.notClearedAfter());
        json.writeEndObject();
    }

    private static void log(JsonGenerator json, LogConfig log) throws IOException {
        json.writeObjectFieldStart("log");
        json.writeStringField("level", log.level().wireName());
        Json.strings(
                json,
                "packages",
                new TreeMap<>(log.packages())
                        .entrySet().stream()
                                .map(each ->
                                        each.getKey() + "=" + each.getValue().wireName())
                                .toList());
        json.writeEndObject();
    }

    private static void after(JsonGenerator json, String name, Duration duration) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("after", text(duration));
        json.writeEndObject();
    }

    private static @Nullable String masked(@Nullable Secret secret) {
        return secret == null ? null : "***";
    }

    /** Configuration validation rejects a user in the URL; this is a second protection. */
    private static @Nullable String withoutUser(@Nullable String url) {
        return url == null ? null : url.replaceFirst("//[^/]*@", "//");
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
