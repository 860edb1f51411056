package io.github.printer2mqtt.json;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.config.BackupConfig;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.config.LogConfig;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.config.NotifyConfig;
import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.text.DurationText;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration without secrets: a secret that is set is shown as {@code "***"}. */
public final class ConfigDocument {
    private ConfigDocument() {}

    public static JsonObject of(BridgeConfig config) {
        return new JsonObject()
                .put("http", http(config.http()))
                .put("mqtt", mqtt(config.mqtt()))
                .put("broker", broker(config.broker()))
                .put("polling", polling(config.polling()))
                .put("database", database(config.database()))
                .put(
                        "secrets",
                        new JsonObject()
                                .put("key", masked(config.secrets().key()))
                                .put("key_file", config.secrets().keyFile()))
                .put("backup", backup(config.backup()))
                .put("commands", commands(config.commands()))
                .put(
                        "home_assistant",
                        new JsonObject()
                                .put(
                                        "discovery",
                                        config.homeAssistant().discovery().wireName())
                                .put("prefix", config.homeAssistant().prefix())
                                .put("thumbnails", config.homeAssistant().thumbnails()))
                .put(
                        "security",
                        new JsonObject()
                                .put(
                                        "allow_loopback_printers",
                                        config.security().allowLoopbackPrinters())
                                .put("printer_ca", config.security().printerCa())
                                .put(
                                        "follow_printers",
                                        config.security().followPrinters().wireName())
                                .put(
                                        "picture_hosts",
                                        new JsonArray(config.security().pictureHosts())))
                .put("alerts", alerts(config.alerts()))
                .put("notify", notifications(config.notifications()))
                .put(
                        "plate",
                        new JsonObject()
                                .put("ready_below", config.plate().readyBelow())
                                .put(
                                        "assume_cold_after",
                                        DurationText.inSeconds(config.plate().assumeColdAfter())))
                .put("history", history(config.history()))
                .put("sites", sites(config.sites()))
                .put("log", log(config.log()));
    }

    /** The path of the file, or what was set for the server. */
    private static JsonObject database(DatabaseConfig database) {
        DatabaseConfig.Server server = database.server();
        return server == null
                ? new JsonObject().put("path", database.path())
                : new JsonObject()
                        .put("url", server.url().toString())
                        .put("username", server.username())
                        .put("password", masked(server.password()))
                        .put(
                                "tls",
                                new JsonObject()
                                        .put("mode", server.tls().wireName())
                                        .put("ca", server.ca()));
    }

    private static JsonObject http(BridgeConfig.Http http) {
        return new JsonObject()
                .put("host", http.host())
                .put("port", http.port())
                .put("token", masked(http.token()))
                .put("allowed_hosts", new JsonArray(http.allowedHosts()))
                .put("frame_ancestors", new JsonArray(http.frameAncestors()))
                .put("path_prefix", http.pathPrefix())
                .put("tls", http.tls() == null ? null : tls(http.tls()));
    }

    private static JsonObject tls(BridgeConfig.Http.Tls tls) {
        return new JsonObject().put("certificate", tls.certificate()).put("key", tls.key());
    }

    private static JsonObject mqtt(MqttConfig mqtt) {
        return new JsonObject()
                .put("url", withoutUser(mqtt.url()))
                .put("username", mqtt.username())
                .put("password", masked(mqtt.password()))
                .put("version", mqtt.version().wireName())
                .put("base_topic", mqtt.baseTopic())
                .put("client_id", mqtt.clientId())
                .put("attributes", mqtt.attributes())
                .put("log", mqtt.log())
                .put("raw", mqtt.raw())
                .put("response_topics", new JsonArray(mqtt.responseTopics()));
    }

    private static JsonObject broker(BridgeConfig.Broker broker) {
        return new JsonObject()
                .put("host", broker.host())
                .put("port", broker.port())
                .put("username", broker.username())
                .put("password", masked(broker.password()));
    }

    private static JsonObject polling(BridgeConfig.Polling polling) {
        BridgeConfig.Polling.Interval interval = polling.interval();
        return new JsonObject()
                .put("timeout", DurationText.inSeconds(polling.timeout()))
                .put("offline_after", polling.offlineAfter())
                .put(
                        "interval",
                        new JsonObject()
                                .put("printing", DurationText.inSeconds(interval.printing()))
                                .put("preparing", DurationText.inSeconds(interval.preparing()))
                                .put("paused", DurationText.inSeconds(interval.paused()))
                                .put("idle", DurationText.inSeconds(interval.idle()))
                                .put("offline", DurationText.inSeconds(interval.offline()))
                                .put("offline_max", DurationText.inSeconds(interval.offlineMax())));
    }

    private static JsonObject backup(BackupConfig backup) {
        return new JsonObject()
                .put("nightly", backup.nightly())
                .put("at", backup.at().toString())
                .put("keep", backup.keep())
                .put("folder", backup.folder());
    }

    private static JsonObject commands(CommandsConfig commands) {
        return new JsonObject()
                .put("mqtt", new JsonArray(WireConstant.names(commands.mqtt())))
                .put("mqtt_requests", new JsonArray(WireConstant.names(commands.mqttRequests())));
    }

    private static JsonObject alerts(AlertsConfig alerts) {
        AlertsConfig.Temperature temperature = alerts.temperature();
        return new JsonObject()
                .put("rules", new JsonArray(WireConstant.names(alerts.rules())))
                .put("offline", after(alerts.offlineAfter()))
                .put("stalled", after(alerts.stalledAfter()))
                .put(
                        "temperature",
                        after(temperature.after())
                                .put("deviation", temperature.deviation())
                                .put("nozzle_limit", temperature.nozzleLimit())
                                .put("bed_limit", temperature.bedLimit()))
                .put("not_cleared", after(alerts.notClearedAfter()));
    }

    private static JsonObject notifications(NotifyConfig config) {
        NotifyConfig.Webhook webhook = config.webhook();
        NotifyConfig.Ntfy ntfy = config.ntfy();
        return new JsonObject()
                .put(
                        "webhook",
                        new JsonObject()
                                .put("url", masked(webhook == null ? null : webhook.url()))
                                .put("secret", masked(webhook == null ? null : webhook.secret())))
                .put(
                        "ntfy",
                        new JsonObject()
                                .put("url", masked(ntfy == null ? null : ntfy.url()))
                                .put("token", masked(ntfy == null ? null : ntfy.token())))
                .put("events", new JsonArray(WireConstant.names(config.events())))
                .put("alerts", new JsonArray(WireConstant.names(config.alerts())))
                .put("groups", new JsonArray(config.groups().stream().sorted().toList()));
    }

    private static JsonObject history(BridgeConfig.History history) {
        return new JsonObject().put("jobs", retention(history.jobs())).put("states", retention(history.states()));
    }

    private static JsonArray sites(List<SiteConfig> sites) {
        JsonArray all = new JsonArray();
        sites.forEach(site -> all.add(new JsonObject().put("name", site.name()).put("base_topic", site.baseTopic())));
        return all;
    }

    private static JsonObject retention(BridgeConfig.History.Retention retention) {
        return new JsonObject().put("days", retention.days()).put("rows", retention.rows());
    }

    private static JsonObject log(LogConfig log) {
        JsonArray packages = new JsonArray();
        new TreeMap<>(log.packages()).forEach((name, level) -> packages.add(name + "=" + level.wireName()));
        return new JsonObject()
                .put("format", log.format().wireName())
                .put("level", log.level().wireName())
                .put("packages", packages);
    }

    private static JsonObject after(Duration duration) {
        return new JsonObject().put("after", DurationText.inSeconds(duration));
    }

    private static @Nullable String masked(@Nullable Secret secret) {
        return secret == null ? null : "***";
    }

    /** Configuration validation rejects a user in the URL; this is a second protection. */
    private static @Nullable String withoutUser(@Nullable String url) {
        return url == null ? null : url.replaceFirst("//[^/]*@", "//");
    }
}
