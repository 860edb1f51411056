package io.github.printer2mqtt.wire;

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
