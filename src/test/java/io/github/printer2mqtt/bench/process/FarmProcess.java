package io.github.printer2mqtt.bench.process;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.io.IOException;

/**
 * Runs the simulated printers: prints their registrations as one line and exits at the end of standard input, so that it
 * never outlives the benchmark.
 */
final class FarmProcess {
    private FarmProcess() {}

    public static void main(String[] arguments) throws IOException {
        FarmKind.valueOf(arguments[0])
                .start(Vertx.vertx())
                .onSuccess(registrations -> System.out.println(new JsonArray(registrations).encode()))
                .onFailure(failure -> {
                    System.err.println("the farm did not start: " + failure);
                    System.exit(1);
                });
        while (System.in.read() >= 0) {
            // Standard input is only watched for its end.
        }
        System.exit(0);
    }
}
