package io.github.printer2mqtt;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.logging.LogTail;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.monitor.RecentPollsDocument;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.registration.RegistrationDocument;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.support.PrintNames;
import io.github.printer2mqtt.support.SupportArchive;
import io.github.printer2mqtt.support.SupportArchive.Content;
import io.github.printer2mqtt.support.SupportArchive.Entry;
import io.github.printer2mqtt.support.SupportFiles;
import io.github.printer2mqtt.support.SupportService;
import io.github.printer2mqtt.support.ThreadText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The archive of a running bridge. Collected on worker threads, because it reads files and encodes the whole fleet. */
record BridgeSupport(
        Vertx vertx,
        BridgeConfig config,
        Database database,
        MetricsRegistry metricsRegistry,
        FleetView fleet,
        RegistrationService registrations,
        AlertService alerts,
        MonitoringService monitoring,
        HistoryArchive history,
        LogTail log)
        implements SupportService {
    private static final long POLLS_SECONDS = 5;

    /** More than the newest lines of the log can name. */
    private static final HistoryArchive.Page NEWEST_PRINTS =
            new HistoryArchive.Page(new HistoryArchive.Filter(null, null, null, null, Set.of()), null, 1_000);

    @Override
    public Future<byte[]> archive() {
        // Ordered, so that one archive is made at a time.
        return database.examine()
                .map(SupportFiles::database)
                .otherwise(SupportFiles::failure)
                .compose(examined ->
                        printNames().compose(names -> vertx.executeBlocking(() -> archive(examined, names), true)));
    }

    /** The names of the prints that run, of the last ones, and of those that ended before. */
    private Future<PrintNames> printNames() {
        Stream<@Nullable String> known = fleet.snapshot().documents().stream()
                .map(StatusDocument::status)
                .flatMap(status -> Stream.of(
                        status.job() == null ? null : status.job().job().file(),
                        status.lastJob() == null ? null : status.lastJob().file()));
        // Without the database the archive is made all the same; its check says that it cannot be read.
        return history.jobs(NEWEST_PRINTS)
                .otherwise(List.of())
                .map(ended -> PrintNames.of(Stream.concat(
                        known, ended.stream().map(stored -> stored.job().file()))));
    }

    private byte[] archive(JsonObject examined, PrintNames names) {
        List<Entry> files = new ArrayList<>(SupportFiles.ofProcess(Version.text(), config));
        files.add(SupportFiles.database(examined));
        files.add(new Entry("health.json", "each part of the bridge, and what is wrong with it", json(health())));
        files.add(new Entry(
                "registrations.json",
                "the registered printers, without credentials",
                out -> SupportFiles.write(RegistrationDocument.listed(registrations.all()), out)));
        files.add(new Entry("printers.json", "the present status of each printer", out -> writeStatuses(names, out)));
        files.add(new Entry("polls.json", "the last polls of each printer", out -> writePolls(names, out)));
        files.add(new Entry(
                "open-alerts.json",
                "the open alerts",
                out -> SupportFiles.write(
                        new JsonObject(names.hide(
                                PrinterDocuments.alerts(alerts.open()).encode())),
                        out)));
        files.add(new Entry(
                "metrics.txt", "the metrics, as GET /metrics", out -> out.write(metricsRegistry.prometheusText())));
        files.add(new Entry("threads.txt", "what each thread does", Content.of(ThreadText.now())));
        files.add(new Entry("log.jsonl", "the newest lines of the log", out -> writeLog(names, out)));
        return new SupportArchive(Instant.now(), Version.text(), files).bytes();
    }

    private static Content json(JsonObject document) {
        return out -> SupportFiles.write(document, out);
    }

    private JsonObject health() {
        JsonObject parts = new JsonObject();
        new TreeMap<>(metricsRegistry.health())
                .forEach((name, part) -> parts.put(
                        name,
                        new JsonObject().put("status", part.level().wireName()).put("detail", part.detail())));
        return parts;
    }

    /** One status a line, without the names of files, which may be those of customers. */
    private void writeStatuses(PrintNames names, OutputStream out) throws IOException {
        for (StatusDocument document : fleet.snapshot().documents()) {
            JsonObject status = new JsonObject(Buffer.buffer(document.bytes()));
            for (String job : List.of("job", "last_job")) {
                if (status.getValue(job) instanceof JsonObject known && known.getValue("file") != null) {
                    known.put("file", "***");
                }
            }
            writeLine(names.hide(status.encode()), out);
        }
    }

    private void writePolls(PrintNames names, OutputStream out) throws Exception {
        for (StatusDocument document : fleet.snapshot().documents()) {
            PrinterId printer = document.status().id();
            JsonObject polls = RecentPollsDocument.of(monitoring
                    .recentPolls(printer)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(POLLS_SECONDS, TimeUnit.SECONDS));
            writeLine(
                    names.hide(new JsonObject()
                            .put("id", printer.value())
                            .mergeIn(polls)
                            .encode()),
                    out);
        }
    }

    private void writeLog(PrintNames names, OutputStream out) throws IOException {
        for (byte[] line : log.lines()) {
            writeLine(names.hide(new String(line, StandardCharsets.UTF_8)), out);
        }
    }

    private static void writeLine(String line, OutputStream out) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
