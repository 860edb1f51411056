package io.github.printer2mqtt.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a farm measurement.
 *
 * @param farms names of the farms
 * @param blocks number of starts of each poller
 * @param windows number of windows after warm-up in each block
 * @param thorough false for a functional check with short windows and no warm-up, whose results are not valid
 */
record FarmsOptions(List<String> farms, int blocks, int windows, boolean thorough) {
    private static final List<String> ALL = List.of("F12", "F62", "H62", "X62", "F1k", "F10k");

    /** @throws IllegalArgumentException with a message for the user */
    static FarmsOptions of(List<String> arguments) {
        List<String> farms = new ArrayList<>();
        boolean thorough = true;
        int blocks = 3;
        int windows = 2;
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                thorough = false;
                blocks = 1;
            } else if (argument.startsWith("--blocks=")) {
                blocks = number(argument);
            } else if (argument.startsWith("--windows=")) {
                windows = number(argument);
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException(
                        "found " + argument + ", expected names of farms, --quick, --blocks=N or --windows=N");
            } else {
                farms.add(argument);
            }
        }
        return new FarmsOptions(farms.isEmpty() ? ALL : List.copyOf(farms), blocks, windows, thorough);
    }

    /** The same options for this farm only. */
    FarmsOptions withFarm(String name) {
        return new FarmsOptions(List.of(name), blocks, windows, thorough);
    }

    private static int number(String argument) {
        String digits = argument.substring(argument.indexOf('=') + 1);
        if (!digits.matches("[1-9]\\d?")) {
            throw new IllegalArgumentException("found " + argument + ", expected a number from 1 to 99");
        }
        return Integer.parseInt(digits);
    }

    /** The length of a window. */
    Duration window(int printers) {
        return Duration.ofSeconds(!thorough ? 3 : printers >= 5_000 ? 10 : 6);
    }

    /** The maximum warm-up time of a poller. */
    Duration warmUp() {
        return Duration.ofSeconds(thorough ? 90 : 0);
    }

    /** The folder of the results; a functional check writes to a different one. */
    Path folder() {
        return Path.of(thorough ? "bench" : "target/bench");
    }
}
