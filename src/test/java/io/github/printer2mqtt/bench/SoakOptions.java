package io.github.printer2mqtt.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long the soak runs and how strict it is. Under ten minutes a slow machine must not fail it, so that only what is
 * clearly wrong does.
 *
 * @param length of the churn
 * @param sampling time between two samples
 * @param brokerRestart time between two kills of the broker
 */
record SoakOptions(Duration length, Duration sampling, Duration brokerRestart) {
    private static final Duration SHORT = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException with one line for the user */
    static SoakOptions of(List<String> arguments) {
        String text = arguments.isEmpty() ? "2m" : arguments.get(0);
        if (arguments.size() > 1 || !text.matches("[1-9]\\d{0,3}[smh]")) {
            throw new IllegalArgumentException(
                    "found " + String.join(" ", arguments) + ", expected how long to soak, such as 2m or 8h");
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

    /** Time at the start that says nothing of leaks: classes are loaded, code is compiled, caches fill. */
    Duration warmUp() {
        return isShort() ? length.dividedBy(4) : length.dividedBy(10);
    }

    /** Growth of the live heap over the judged time that is no leak, in MB. */
    double heapMegabytes() {
        return isShort() ? 8 : 3;
    }

    /** The same for threads. */
    double threads() {
        return isShort() ? 8 : 4;
    }

    /** The same for sockets and descriptors. */
    double descriptors() {
        return isShort() ? 20 : 8;
    }

    /** The same for the longest wait for {@code /health/live}, in milliseconds. */
    double lagMillis() {
        return isShort() ? 500 : 50;
    }

    /** Growth that is no leak as a share of the median. */
    double share() {
        return isShort() ? 0.25 : 0.1;
    }

    /**
     * How old the newest answer of a healthy printer may be for a hundredth of the time between two samples, in
     * milliseconds.
     */
    double staleness(double calm, double intervalMillis) {
        return isShort() ? 3 * intervalMillis : 1.1 * calm + 20;
    }

    /** How long a reading may take: long enough that a slow machine makes nobody offline in a short soak. */
    Duration timeout() {
        return Duration.ofSeconds(isShort() ? 3 : 1);
    }

    /** The share of samples of which staleness may be worse: the machine has other work once in a while. */
    double unluckySamples() {
        return isShort() ? 0.25 : 0.01;
    }
}
