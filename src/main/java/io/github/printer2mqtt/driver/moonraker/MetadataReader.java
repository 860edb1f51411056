package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Job;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of the file being printed, with a few requests per job at most. Belongs to the session's event loop.
 */
final class MetadataReader {
    private static final int MAX_REQUESTS = 3;

    /** Moonraker needs some time to scan a large file. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

    private final LongSupplier nanos;

    private @Nullable Job runningJob;
    private @Nullable String knownFile;
    private FileMetadata metadata = FileMetadata.NONE;
    private int requestsLeft;
    private long nextRequest;

    MetadataReader(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The metadata of the file that the status names. */
    Future<FileMetadata> read(LenientJson status, Lookups lookups) {
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
        return job != null && isTime ? request(file, lookups) : Future.succeededFuture(metadata);
    }

    private Future<FileMetadata> request(String file, Lookups lookups) {
        requestsLeft--;
        nextRequest = nanos.getAsLong() + RETRY_INTERVAL.toNanos();
        return lookups.metadata(file).map(response -> {
            response.ifPresent(found -> {
                metadata = FileMetadata.of(found);
                requestsLeft = 0;
            });
            return metadata;
        });
    }
}
