package io.github.printer2mqtt.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The print that ended last. It survives a restart of the bridge.
 *
 * @param id the printer's job id; null if its protocol has none
 * @param file the name shown to people; null if it was never known
 * @param result how it ended
 * @param endedAt when the bridge saw it end; null if unknown
 */
public record LastJob(
        @Nullable String id,
        @Nullable String file,
        JobResult result,
        @Nullable Instant endedAt) {}
