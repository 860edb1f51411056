package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.HttpStatusFailure;
import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.driver.ReadingDeadline;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterRequest;
import io.github.printer2mqtt.net.http.PrinterResponse;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of the file being printed, with a few requests per job at most. Belongs to the session's event loop.
 */
final class MetadataReader {
    private static final int MAX_REQUESTS = 3;

    /** Moonraker needs some time to scan a large file. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

    private final Map<String, String> headers;
    private final LongSupplier nanos;

    private @Nullable Job runningJob;
    private @Nullable String knownFile;
    private FileMetadata metadata = FileMetadata.NONE;
    private int requestsLeft;
    private long nextRequest;

    MetadataReader(Map<String, String> headers, LongSupplier nanos) {
        this.headers = headers;
        this.nanos = nanos;
    }

    /** The metadata of the file that the status names. */
    Future<FileMetadata> read(LenientJson status, ReadingDeadline deadline) {
        String file = status.text("print_stats", "filename");
        Job job = MoonrakerJob.running(status);
        Job before = runningJob;
        runningJob = job;
        if (job != null && (before == null || !before.continuesAs(job))) {
            metadata = FileMetadata.NONE;
            knownFile = file;
            requestsLeft = MAX_REQUESTS;
            nextRequest = nanos.getAsLong();
        }
        if (file == null || !file.equals(knownFile)) {
            return Future.succeededFuture(FileMetadata.NONE);
        }
        boolean isTime = requestsLeft > 0 && nanos.getAsLong() - nextRequest >= 0;
        return job != null && isTime ? request(file, deadline) : Future.succeededFuture(metadata);
    }

    private Future<FileMetadata> request(String file, ReadingDeadline deadline) {
        requestsLeft--;
        nextRequest = nanos.getAsLong() + RETRY_INTERVAL.toNanos();
        String path = "/server/files/metadata?filename="
                + URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
        return deadline.ifTimeAllows(exchange ->
                        exchange.send(PrinterRequest.get(path, headers)).map(MetadataReader::metadata))
                .map(response -> {
                    response.ifPresent(found -> {
                        metadata = found;
                        requestsLeft = 0;
                    });
                    return metadata;
                });
    }

    private static FileMetadata metadata(PrinterResponse response) {
        if (!HttpStatusFailure.isSuccess(response)) {
            throw new PrinterException(FailureReason.UNREADABLE, "no metadata (HTTP " + response.status() + ")");
        }
        return FileMetadata.of(LenientJson.of(response.json()).at("result"));
    }
}
