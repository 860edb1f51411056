package io.github.printer2mqtt.json;

import io.github.printer2mqtt.json.SiteDocuments.UnreadableDocumentException;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the status document of another bridge. Pure. */
final class StatusReader {
    static final int SCHEMA = 1;
    private static final int MAX_NAME = 128;
    private static final int MAX_WORD = 64;
    private static final int MAX_LINE = 256;
    private static final int MAX_TAGS = 32;
    private static final int MAX_ITEMS = 32;
    private static final long MAX_LATENCY_MILLIS = 86_400_000;
    private static final int MAX_FAILURES = 1_000_000_000;

    private StatusReader() {}

    /** @throws UnreadableDocumentException if it is no status of this printer in a form that this bridge knows */
    static Status read(PrinterKey printer, DocumentFields status) {
        Integer schema = status.integer("schema");
        if (schema == null || schema != SCHEMA) {
            throw new UnreadableDocumentException("found another schema than " + SCHEMA);
        }
        if (!printer.id().value().equals(status.text("id", MAX_WORD))) {
            throw new UnreadableDocumentException("found the status of another printer");
        }
        boolean online = Boolean.TRUE.equals(status.flag("online"));
        return new Status(
                printer.id(),
                Objects.requireNonNullElse(
                        status.text("name", MAX_NAME), printer.id().value()),
                Objects.requireNonNullElse(status.text("driver", MAX_WORD), "unknown"),
                status.text("model", MAX_WORD),
                group(status),
                status.texts("tags", MAX_TAGS, MAX_WORD),
                Objects.requireNonNullElse(status.constant("state", PrinterState.class), PrinterState.UNKNOWN),
                status.text("raw_state", MAX_WORD),
                status.text("message", MAX_LINE),
                online,
                temperatures(status),
                job(status.object("job")),
                lastJob(status.object("last_job")),
                percent(status, "speed"),
                percent(status, "fan"),
                details(status),
                plate(status.object("plate")),
                maintenance(status.object("maintenance")),
                printer.site(),
                source(status.object("source")),
                capabilities(status),
                poll(status.object("poll")));
    }

    static @Nullable String group(DocumentFields document) {
        String group = document.text("group", MAX_WORD);
        return group != null && PrinterId.isLabel(group) ? group : null;
    }

    private static @Nullable Integer percent(DocumentFields status, String key) {
        Integer value = status.integer(key);
        return value == null || value < 0 || value > 10_000 ? null : value;
    }

    private static Temperatures temperatures(DocumentFields status) {
        DocumentFields heaters = status.object("temperatures");
        if (heaters == null) {
            return Temperatures.unknown();
        }
        List<Temperatures.Temperature> nozzles = heaters.objects("nozzles", MAX_ITEMS, StatusReader::heater);
        return new Temperatures(
                nozzles,
                heaterOrNull(heaters.object("bed")),
                heaterOrNull(heaters.object("chamber")),
                nozzles.isEmpty() ? null : status.integer("active_nozzle"));
    }

    private static Temperatures.Temperature heater(DocumentFields heater) {
        return new Temperatures.Temperature(heater.fraction("actual"), heater.fraction("target"));
    }

    private static Temperatures.@Nullable Temperature heaterOrNull(@Nullable DocumentFields heater) {
        return heater == null ? null : heater(heater);
    }

    static Status.@Nullable CurrentJob job(@Nullable DocumentFields job) {
        return job == null
                ? null
                : new Status.CurrentJob(
                        new Job(
                                job.text("id", MAX_WORD),
                                job.text("file", MAX_LINE),
                                job.fraction("progress"),
                                job.whole("elapsed"),
                                job.whole("remaining"),
                                job.integer("layer"),
                                job.integer("layers")),
                        job.time("finish_at"),
                        Boolean.TRUE.equals(job.flag("stale")));
    }

    private static @Nullable LastJob lastJob(@Nullable DocumentFields job) {
        JobResult result = job == null ? null : job.constant("result", JobResult.class);
        return job == null || result == null
                ? null
                : new LastJob(job.text("id", MAX_WORD), job.text("file", MAX_LINE), result, job.time("ended_at"));
    }

    private static Reading.Details details(DocumentFields status) {
        return new Reading.Details(
                status.objects("problems", MAX_ITEMS, StatusReader::problem),
                status.objects("filaments", MAX_ITEMS, StatusReader::filament),
                status.flag("light"));
    }

    private static Reading.Problem problem(DocumentFields problem) {
        Reading.Problem.Severity severity = problem.constant("severity", Reading.Problem.Severity.class);
        return new Reading.Problem(
                Objects.requireNonNullElse(problem.text("code", MAX_WORD), "unknown"),
                severity == null ? Reading.Problem.Severity.ERROR : severity,
                problem.text("message", MAX_LINE));
    }

    private static Reading.Filament filament(DocumentFields filament) {
        return new Reading.Filament(
                Objects.requireNonNullElse(filament.text("slot", MAX_WORD), "unknown"),
                filament.text("type", MAX_WORD),
                filament.text("color", MAX_WORD),
                filament.text("name", MAX_WORD),
                filament.integer("remaining"),
                filament.flag("active"));
    }

    private static Status.@Nullable Plate plate(@Nullable DocumentFields plate) {
        Status.Plate.State state = plate == null ? null : plate.constant("state", Status.Plate.State.class);
        Instant since = plate == null ? null : plate.time("since");
        return state == null || since == null ? null : new Status.Plate(state, since);
    }

    private static Printer.@Nullable Maintenance maintenance(@Nullable DocumentFields maintenance) {
        String note = maintenance == null ? null : maintenance.text("note", MAX_LINE);
        Instant since = maintenance == null ? null : maintenance.time("since");
        return note == null || since == null ? null : new Printer.Maintenance(note, since);
    }

    private static Status.@Nullable Source source(@Nullable DocumentFields source) {
        String node = source == null ? null : source.text("node", MAX_WORD);
        Long epoch = source == null ? null : source.whole("epoch");
        Long seq = source == null ? null : source.whole("seq");
        return node == null || epoch == null || seq == null ? null : new Status.Source(node, epoch, seq);
    }

    private static Set<Capability> capabilities(DocumentFields status) {
        return status.json().getValue("capabilities") instanceof JsonArray array
                ? WireConstant.findAll(Capability.class, array.getList())
                : Set.of();
    }

    private static Status.LastPoll poll(@Nullable DocumentFields poll) {
        if (poll == null) {
            return Status.LastPoll.never();
        }
        Long latency = poll.whole("latency_ms");
        Integer failures = poll.integer("failures");
        return new Status.LastPoll(
                poll.time("observed_at"),
                latency == null || latency < 0 || latency > MAX_LATENCY_MILLIS ? null : latency,
                failures == null || failures < 0 ? 0 : Math.min(failures, MAX_FAILURES),
                poll.constant("reason", FailureReason.class));
    }
}
