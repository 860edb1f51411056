package io.github.printer2mqtt.bench;

import java.time.Duration;
import java.util.List;

/**
 * Duration and limits of the soak. A soak of less than ten minutes has wider limits, so that a slow machine does not fail
 * it.
 *
 * @param length duration of the churn
 * @param sampling interval between samples
 * @param brokerRestart interval between kills of the broker
 */
record SoakOptions(Duration length, Duration sampling, Duration brokerRestart) {
    private static final Duration SHORT = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException with a message for the user */
    static SoakOptions of(List<String> arguments) {
        String text = arguments.isEmpty() ? "2m" : arguments.get(0);
        if (arguments.size() > 1 || !text.matches("[1-9]\\d{0,3}[smh]")) {
            throw new IllegalArgumentException(
                    "found " + String.join(" ", arguments) + ", expected a duration such as 2m or 8h");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        Duration length = switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        boolean isShort = length.compareTo(SHORT) < 0;
        return new SoakOptions(length, Duration.ofSeconds(isShort ? 4 : 60), Duration.ofSeconds(isShort ? 35 : 600));
    }

    boolean isShort() {
        return length.compareTo(SHORT) < 0;
    }

    /** Time at the start that is not judged, because classes are loaded, code is compiled and caches fill. */
    Duration warmUp() {
        return isShort() ? length.dividedBy(4) : length.dividedBy(10);
    }

    /** Permitted growth of the live heap over the judged time, in MB. */
    double heapMegabytes() {
        return isShort() ? 8 : 3;
    }

    /** Permitted growth of the number of threads. */
    double threads() {
        return isShort() ? 8 : 4;
    }

    /** Permitted growth of the number of sockets and file descriptors. */
    double descriptors() {
        return isShort() ? 20 : 8;
    }

    /** Permitted growth of the longest response time of {@code /health/live}, in milliseconds. */
    double lagMillis() {
        return isShort() ? 500 : 50;
    }

    /** Permitted growth as a share of the median. */
    double share() {
        return isShort() ? 0.25 : 0.1;
    }

    /**
     * The permitted 99th percentile of a healthy printer's staleness between two samples, in milliseconds.
     */
    double staleness(double calm, double intervalMillis) {
        return isShort() ? 3 * intervalMillis : 1.1 * calm + 20;
    }

    /** The timeout of a reading, long enough that a slow machine takes no printer offline in a short soak. */
    Duration timeout() {
        return Duration.ofSeconds(isShort() ? 3 : 1);
    }

    /** The share of samples that may exceed the staleness limit, because the machine is sometimes busy otherwise. */
    double unluckySamples() {
        return isShort() ? 0.25 : 0.01;
    }
}
