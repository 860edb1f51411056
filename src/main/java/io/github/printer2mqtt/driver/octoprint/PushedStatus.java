package io.github.printer2mqtt.driver.octoprint;

import io.github.printer2mqtt.driver.LenientJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest {@code history} or {@code current} message of the push socket, with the last temperatures. A message holds the
 * whole state, job and progress of one moment; only temperatures are missing from those that follow each other quickly.
 *
 * <p>Source: {@code src/octoprint/server/util/sockjs.py} and {@code StateMonitor} in {@code printer/standard.py} (1.11.8),
 * from which the HTTP API answers, too.
 *
 * @param temperature by names of heaters; empty if the printer has reported none
 */
record PushedStatus(LenientJson state, LenientJson job, LenientJson progress, LenientJson temperature) {
    /** @param history its {@code temps} begin before the connect */
    static PushedStatus of(LenientJson history) {
        return read(history, LenientJson.empty());
    }

    /** The status after a later message. */
    PushedStatus with(LenientJson current) {
        return read(current, temperature);
    }

    private static PushedStatus read(LenientJson message, LenientJson before) {
        List<LenientJson> points = message.elements("temps");
        LenientJson temperature = points.isEmpty() ? before : points.get(points.size() - 1);
        PushedStatus read =
                new PushedStatus(message.at("state"), message.at("job"), message.at("progress"), temperature);
        // Without a printer the last ones are those of the printer that was there before.
        return OctoPrintMapper.hasPrinter(read.asJob())
                ? read
                : new PushedStatus(read.state, read.job, read.progress, LenientJson.empty());
    }

    /** As the HTTP API would answer. */
    OctoPrintStatus in(HeaterProfile profile) {
        LenientJson asJob = asJob();
        return new OctoPrintStatus(asJob, OctoPrintMapper.hasPrinter(asJob) ? asPrinter(profile) : LenientJson.empty());
    }

    /** Null if there is none. */
    @Nullable String text() {
        return state.text("text");
    }

    private LenientJson asJob() {
        Map<String, Object> members = new HashMap<>();
        put(members, "state", text());
        put(members, "error", state.text("error"));
        put(members, "job", job.members());
        put(members, "progress", progress.members());
        return LenientJson.of(members);
    }

    private LenientJson asPrinter(HeaterProfile profile) {
        Map<String, Object> members = new HashMap<>();
        put(members, "state", state.members());
        put(members, "temperature", profile.heaters(temperature));
        return LenientJson.of(members);
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
