package io.github.printer2mqtt.cli.command;

import io.github.printer2mqtt.cli.CliException;
import io.github.printer2mqtt.cli.ExitCode;
import io.github.printer2mqtt.cli.PrinterAdmin;
import io.github.printer2mqtt.cli.ReadingText;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits until a printer that was just added has been asked for the first time. */
final class FirstReading {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final PrinterAdmin door;

    FirstReading(PrinterAdmin door) {
        this.door = door;
    }

    /** What came, in one line; blocks for 5 seconds and one answer at most. */
    String await(String id) {
        long began = System.nanoTime();
        while (true) {
            Optional<JsonObject> status = door.status(id);
            if (status.isEmpty()) {
                return "it is asked when a bridge runs";
            }
            if (ReadingText.isDecided(status.get())) {
                return ReadingText.first(status.get());
            }
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                return "no reading within " + LONGEST.toSeconds() + " s; printers list shows what comes";
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.FAILURE, "interrupted while waiting for the first reading", e);
        }
    }
}
