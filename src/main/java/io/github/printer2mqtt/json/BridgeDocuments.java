package io.github.printer2mqtt.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Registration;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of the bridge itself ({@code bridge/…}), described in docs/reference/mqtt.md. */
public final class BridgeDocuments {
    private static final int MOST_NAMED = 100;

    private BridgeDocuments() {}

    /** What happened to a registration. */
    public enum RegistrationEvent {
        PRINTER_ADDED,
        PRINTER_REMOVED,
        PRINTER_CHANGED;

        /** The name used in documents. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code bridge/state} of a bridge that runs. */
    public static byte[] online() {
        return state("online");
    }

    /** {@code bridge/state} of a bridge that does not, as last will and at a clean stop. */
    public static byte[] offline() {
        return state("offline");
    }

    private static byte[] state(String word) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("state", word);
            json.writeEndObject();
        });
    }

    /** {@code bridge/info}. */
    public static byte[] info(BridgeFacts facts, Map<PrinterState, Integer> counts) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("version", facts.version());
            Json.instant(json, "started_at", facts.startedAt());
            Json.texts(json, "drivers", facts.drivers());
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
        Json.texts(json, "tags", printer.tags());
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

    /** The answer to {@code bridge/request/health_check}: the health of each part by its name. */
    public static byte[] healthCheck(Map<String, Health> parts) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeBooleanField(
                    "healthy", parts.values().stream().allMatch(part -> part.level() == Health.Level.UP));
            json.writeObjectFieldStart("parts");
            for (Map.Entry<String, Health> part : parts.entrySet()) {
                json.writeObjectFieldStart(part.getKey());
                json.writeStringField("level", part.getValue().level().name().toLowerCase(Locale.ROOT));
                json.writeStringField("detail", part.getValue().detail());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /**
     * The answer to {@code bridge/request/retained/clean}.
     *
     * @param topics that are cleared, of which the first hundred are named
     * @param complete whether everything the broker keeps was seen
     */
    public static byte[] cleaned(List<String> topics, boolean complete) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeNumberField("cleared", topics.size());
            Json.texts(json, "topics", topics.subList(0, Math.min(MOST_NAMED, topics.size())));
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
     * How asking the printers goes, since start.
     *
     * @param polls how many were asked
     * @param failures how many of them brought no reading
     * @param p50Millis half of the polls answered within this time
     * @param p95Millis 95 of 100 did
     * @param p99Millis 99 of 100 did
     */
    public record PollStats(long polls, long failures, long p50Millis, long p95Millis, long p99Millis) {
        public static PollStats none() {
            return new PollStats(0, 0, 0, 0, 0);
        }
    }

    /**
     * How the process is.
     *
     * @param uptime since its start
     * @param heapUsed bytes
     * @param heapMax bytes
     * @param threads alive
     */
    public record ProcessStats(Duration uptime, long heapUsed, long heapMax, int threads) {}

    /**
     * What does not change while a bridge runs.
     *
     * @param version of the program
     * @param startedAt by the wall clock
     * @param drivers ids of the drivers it has
     * @param config it runs with; only what is no secret is ever shown
     */
    public record BridgeFacts(String version, Instant startedAt, List<String> drivers, BridgeConfig config) {
        public BridgeFacts {
            drivers = List.copyOf(drivers);
        }
    }
}
