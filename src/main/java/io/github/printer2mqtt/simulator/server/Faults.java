package io.github.printer2mqtt.simulator.server;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The responses that a {@link Behaviour} can choose from. */
final class Faults {
    private static final Buffer CHUNK = Buffer.buffer("x".repeat(64 * 1024));
    private static final int CHUNKS_PER_MEBIBYTE = 16;

    private Faults() {}

    static void none(SimulatorConnection connection, Supplier<SimulatedResponse> correct) {
        SimulatedResponse response = correct.get();
        connection.finish(response.bytes(), response.close());
    }

    static void silence(SimulatorConnection connection, Supplier<SimulatedResponse> correct) {
        // Neither this nor a later request of the connection gets a response.
    }

    static void drip(SimulatorConnection connection, Supplier<SimulatedResponse> correct, Duration everyByte) {
        SimulatedResponse response = correct.get();
        Buffer bytes = response.bytes();
        connection.every(everyByte, step -> {
            connection.write(bytes.slice(step, step + 1));
            if (step + 1 < bytes.length()) {
                return true;
            }
            connection.finish(Buffer.buffer(), response.close());
            return false;
        });
    }

    static void huge(SimulatorConnection connection, int mebibytes) {
        connection.write(Buffer.buffer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"padding\":\""));
        connection.pour(CHUNK, (long) mebibytes * CHUNKS_PER_MEBIBYTE, Buffer.buffer("\"}"));
    }

    static void redirect(SimulatorConnection connection, String url) {
        List<String> headers = List.of("Location: " + url, "Content-Type: text/html");
        SimulatedResponse response =
                new SimulatedResponse(302, "Found", headers, Buffer.buffer("<a href=\"" + url + "\">Found</a>"), false);
        connection.finish(response.bytes(), false);
    }

    static void garbage(SimulatorConnection connection) {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 73 + 150);
        }
        connection.finish(Buffer.buffer(bytes).appendString("\r\n\r\n"), true);
    }

    /** How one request is handled after its latency. Runs on the event loop of the connection. */
    interface Fault {
        /** @param correct makes the correct response and runs commands; not called by a fault that needs neither */
        void play(SimulatorConnection connection, Supplier<SimulatedResponse> correct);
    }
}
