package io.github.printer2mqtt.json;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.StateCounts;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of the bridge itself ({@code bridge/…}), described in docs/reference/mqtt.md. */
public final class BridgeDocuments {
    private static final int MAX_TOPICS = 100;

    private BridgeDocuments() {}

    /** A change of a registration. */
    public enum RegistrationEvent implements WireConstant {
        PRINTER_ADDED,
        PRINTER_REMOVED,
        PRINTER_CHANGED
    }

    /** {@code bridge/state} while the bridge runs. */
    public static byte[] online() {
        return state("online");
    }

    /** {@code bridge/state} as last will and at a clean stop. */
    public static byte[] offline() {
        return state("offline");
    }

    private static byte[] state(String state) {
        return Json.bytes(new JsonObject().put("state", state));
    }

    /** {@code bridge/info}. */
    public static byte[] info(BridgeFacts facts, StateCounts counts) {
        return Json.bytes(new JsonObject()
                .put("version", facts.version())
                .put("started_at", Json.text(facts.startedAt()))
                .put("drivers", new JsonArray(facts.drivers()))
                .put("counts", CountsDocument.counts(counts))
                .put("config", ConfigDocument.of(facts.config())));
    }

    /** {@code bridge/printers}: an array in the given order. */
    public static byte[] printers(List<Registration> rows) {
        JsonArray printers = new JsonArray();
        rows.forEach(row -> printers.add(printer(row)));
        return printers.toBuffer().getBytes();
    }

    private static JsonObject printer(Registration row) {
        Printer printer = row.printer();
        return new JsonObject()
                .put("id", printer.id().value())
                .put("name", printer.name())
                .put("driver", printer.driver())
                .put("address", printer.address().toString())
                .put("model", printer.model())
                .put("group", printer.group())
                .put("tags", new JsonArray(printer.tags()))
                .put("enabled", printer.enabled())
                .put(
                        "maintenance",
                        printer.maintenance() == null
                                ? null
                                : printer.maintenance().note())
                .put("has_credentials", row.hasCredentials());
    }

    /** {@code bridge/health}. */
    public static byte[] health(Instant at, ProcessStats process, BrokerStats broker, PollStats polls) {
        JsonObject ofProcess = new JsonObject()
                .put("uptime", process.uptime().toSeconds())
                .put("heap_used_bytes", process.heapUsed())
                .put("heap_max_bytes", process.heapMax())
                .put("threads", process.threads());
        JsonObject ofBroker = new JsonObject()
                .put("connected", broker.connected())
                .put("protocol", broker.protocol())
                .put("connects", broker.connects())
                .put("failed_connects", broker.failedConnects())
                .put("published", broker.published())
                .put("refused", broker.refused())
                .put("too_large", broker.tooLarge())
                .put("queued", broker.queued())
                .put("dropped_events", broker.droppedEvents())
                .put("dropped_responses", broker.droppedResponses())
                .put("refused_requests", broker.refusedRequests())
                .put("dropped_messages", broker.droppedMessages())
                .put("limits", limits(broker.limits()));
        JsonObject ofPolls = new JsonObject()
                .put("total", polls.polls())
                .put("failures", polls.failures())
                .put(
                        "latency_ms",
                        new JsonObject()
                                .put("p50", polls.p50Millis())
                                .put("p95", polls.p95Millis())
                                .put("p99", polls.p99Millis()));
        return Json.bytes(new JsonObject()
                .put("at", Json.text(at))
                .put("process", ofProcess)
                .put("broker", ofBroker)
                .put("polls", ofPolls));
    }

    private static @Nullable JsonObject limits(BrokerStats.@Nullable Limits limits) {
        return limits == null
                ? null
                : new JsonObject()
                        .put("receive_maximum", limits.receiveMaximum())
                        .put("maximum_packet_size", limits.maximumPacketSize())
                        .put("maximum_qos", limits.maximumQos())
                        .put("retain_available", limits.retainAvailable())
                        .put("keep_alive", limits.keepAlive());
    }

    /** The response to {@code bridge/request/health_check}: the health of each part by name. */
    public static byte[] healthCheck(Map<String, Health> parts) {
        JsonObject ofParts = new JsonObject();
        parts.forEach((name, part) -> ofParts.put(
                name, new JsonObject().put("level", part.level().wireName()).put("detail", part.detail())));
        boolean healthy = parts.values().stream().allMatch(part -> part.level() == Health.Level.UP);
        return Json.bytes(new JsonObject().put("healthy", healthy).put("parts", ofParts));
    }

    /**
     * The response to {@code bridge/request/retained/clean}.
     *
     * @param topics the cleared topics; the document lists the first 100
     * @param complete whether all retained messages of the broker were examined
     */
    public static byte[] cleaned(List<String> topics, boolean complete) {
        return Json.bytes(new JsonObject()
                .put("cleared", topics.size())
                .put("topics", new JsonArray(topics.subList(0, Math.min(MAX_TOPICS, topics.size()))))
                .put("complete", complete));
    }

    /** {@code bridge/event}. */
    public static byte[] event(RegistrationEvent type, Instant at, PrinterId printer, String name) {
        return Json.bytes(new JsonObject()
                .put("event_type", type.wireName())
                .put("at", Json.text(at))
                .put("printer", printer.value())
                .put("name", name));
    }

    /**
     * A line of the log, as {@code bridge/log} and the log in JSON have it.
     *
     * @param level {@code WARN}, for example
     * @param source simple name of the logger
     * @param printer that it is about; null if about none
     * @param exception with its stack trace; null if none
     */
    public static byte[] log(
            Instant at,
            String level,
            String source,
            String message,
            @Nullable PrinterId printer,
            @Nullable String exception) {
        return Json.bytes(new JsonObject()
                .put("at", Json.text(at))
                .put("level", level.toLowerCase(Locale.ROOT))
                .put("source", source)
                .put("printer", printer == null ? null : printer.value())
                .put("message", message)
                .put("exception", exception));
    }

    /**
     * Poll statistics since the start.
     *
     * @param polls all polls
     * @param failures polls without a reading
     * @param p50Millis 50th percentile of the latency; the others likewise
     */
    public record PollStats(long polls, long failures, long p50Millis, long p95Millis, long p99Millis) {
        public static PollStats none() {
            return new PollStats(0, 0, 0, 0, 0);
        }
    }

    /**
     * State of the process.
     *
     * @param heapUsed bytes
     * @param heapMax bytes
     * @param threads live threads
     */
    public record ProcessStats(Duration uptime, long heapUsed, long heapMax, int threads) {}

    /**
     * Facts that do not change while the bridge runs.
     *
     * @param version of the program
     * @param startedAt by the wall clock
     * @param drivers ids of the available drivers
     * @param config its secrets are masked in documents
     */
    public record BridgeFacts(String version, Instant startedAt, List<String> drivers, BridgeConfig config) {
        public BridgeFacts {
            drivers = List.copyOf(drivers);
        }
    }
}
