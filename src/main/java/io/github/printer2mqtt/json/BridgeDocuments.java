package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.text.WireConstant;
import java.io.IOException;
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
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("state", state);
            json.writeEndObject();
        });
    }

    /** {@code bridge/info}. */
    public static byte[] info(BridgeFacts facts, Map<PrinterState, Integer> counts) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("version", facts.version());
            Json.instant(json, "started_at", facts.startedAt());
            Json.strings(json, "drivers", facts.drivers());
            json.writeObjectFieldStart("counts");
            int total = 0;
            for (PrinterState state : PrinterState.values()) {
                int count = counts.getOrDefault(state, 0);
                json.writeNumberField(state.wireName(), count);
                total += count;
            }
            json.writeNumberField("total", total);
            json.writeEndObject();
            json.writeFieldName("config");
            ConfigDocument.write(json, facts.config());
            json.writeEndObject();
        });
    }

    /** {@code bridge/printers}: an array in the given order. */
    public static byte[] printers(List<Registration> rows) {
        return Json.bytes(json -> {
            json.writeStartArray();
            for (Registration row : rows) {
                write(json, row);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Registration row) throws IOException {
        Printer printer = row.printer();
        json.writeStartObject();
        json.writeStringField("id", printer.id().value());
        json.writeStringField("name", printer.name());
        json.writeStringField("driver", printer.driver());
        json.writeStringField("address", printer.address().toString());
        json.writeStringField("model", printer.model());
        json.writeStringField("group", printer.group());
        Json.strings(json, "tags", printer.tags());
        json.writeBooleanField("enabled", printer.enabled());
        json.writeBooleanField("has_credentials", row.hasCredentials());
        json.writeEndObject();
    }

    /** {@code bridge/health}. */
    public static byte[] health(Instant at, ProcessStats process, BrokerStats broker, PollStats polls) {
        return Json.bytes(json -> {
            json.writeStartObject();
            Json.instant(json, "at", at);
            json.writeObjectFieldStart("process");
            json.writeNumberField("uptime", process.uptime().toSeconds());
            json.writeNumberField("heap_used_bytes", process.heapUsed());
            json.writeNumberField("heap_max_bytes", process.heapMax());
            json.writeNumberField("threads", process.threads());
            json.writeEndObject();
            json.writeObjectFieldStart("broker");
            json.writeBooleanField("connected", broker.connected());
            json.writeStringField("protocol", broker.protocol());
            json.writeNumberField("connects", broker.connects());
            json.writeNumberField("failed_connects", broker.failedConnects());
            json.writeNumberField("published", broker.published());
            json.writeNumberField("refused", broker.refused());
            json.writeNumberField("too_large", broker.tooLarge());
            json.writeNumberField("queued", broker.queued());
            json.writeNumberField("dropped_events", broker.droppedEvents());
            json.writeNumberField("dropped_responses", broker.droppedResponses());
            json.writeNumberField("refused_requests", broker.refusedRequests());
            json.writeNumberField("dropped_messages", broker.droppedMessages());
            json.writeFieldName("limits");
            write(json, broker.limits());
            json.writeEndObject();
            json.writeObjectFieldStart("polls");
            json.writeNumberField("total", polls.polls());
            json.writeNumberField("failures", polls.failures());
            json.writeObjectFieldStart("latency_ms");
            json.writeNumberField("p50", polls.p50Millis());
            json.writeNumberField("p95", polls.p95Millis());
            json.writeNumberField("p99", polls.p99Millis());
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, BrokerStats.@Nullable Limits limits) throws IOException {
        if (limits == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("receive_maximum", limits.receiveMaximum());
        json.writeNumberField("maximum_packet_size", limits.maximumPacketSize());
        json.writeNumberField("maximum_qos", limits.maximumQos());
        json.writeBooleanField("retain_available", limits.retainAvailable());
        json.writeNumberField("keep_alive", limits.keepAlive());
        json.writeEndObject();
    }

    /** The response to {@code bridge/request/health_check}: the health of each part by name. */
    public static byte[] healthCheck(Map<String, Health> parts) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeBooleanField(
                    "healthy", parts.values().stream().allMatch(part -> part.level() == Health.Level.UP));
            json.writeObjectFieldStart("parts");
            for (Map.Entry<String, Health> part : parts.entrySet()) {
                json.writeObjectFieldStart(part.getKey());
                json.writeStringField("level", part.getValue().level().wireName());
                json.writeStringField("detail", part.getValue().detail());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /**
     * The response to {@code bridge/request/retained/clean}.
     *
     * @param topics the cleared topics; the document lists the first 100
     * @param complete whether all retained messages of the broker were examined
     */
    public static byte[] cleaned(List<String> topics, boolean complete) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeNumberField("cleared", topics.size());
            Json.strings(json, "topics", topics.subList(0, Math.min(MAX_TOPICS, topics.size())));
            json.writeBooleanField("complete", complete);
            json.writeEndObject();
        });
    }

    /** {@code bridge/event}. */
    public static byte[] event(RegistrationEvent type, Instant at, PrinterId printer, String name) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("event_type", type.wireName());
            Json.instant(json, "at", at);
            json.writeStringField("printer", printer.value());
            json.writeStringField("name", name);
            json.writeEndObject();
        });
    }

    /**
     * {@code bridge/log}.
     *
     * @param level {@code WARN} or {@code ERROR}
     * @param source simple name of the logger
     */
    public static byte[] log(Instant at, String level, String source, String message) {
        return Json.bytes(json -> {
            json.writeStartObject();
            Json.instant(json, "at", at);
            json.writeStringField("level", level.toLowerCase(Locale.ROOT));
            json.writeStringField("source", source);
            json.writeStringField("message", message);
            json.writeEndObject();
        });
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
