package io.github.printer2mqtt.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.io.IOException;

/**
 * The simulated printers as a process of their own: prints what to register as one line and ends when its standard input
 * does, so that it never outlives the benchmark.
 */
final class FarmProcess {
    private FarmProcess() {}

    public static void main(String[] arguments) throws IOException {
        FarmKind.valueOf(arguments[0])
                .start(Vertx.vertx())
                .onSuccess(registrations -> System.out.println(new JsonArray(registrations).encode()))
                .onFailure(failure -> {
                    System.err.println("the farm does not start: " + failure);
                    System.exit(1);
                });
        while (System.in.read() >= 0) {
            // Only the end of the input matters.
        }
        System.exit(0);
    }
}
