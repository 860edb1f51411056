package io.github.printer2mqtt.simulator.server;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The tricks that a {@link Behaviour} is made of. */
final class Faults {
    private static final Buffer FILL = Buffer.buffer("x".repeat(64 * 1024));
    private static final int FILLS_A_MEBIBYTE = 16;

    private Faults() {}

    static void honest(SimulatorConnection connection, Supplier<SimulatedResponse> honest) {
        SimulatedResponse reply = honest.get();
        connection.finish(reply.bytes(), reply.close());
    }

    static void silence(SimulatorConnection connection, Supplier<SimulatedResponse> honest) {
        // The request stays unanswered, and so does every later one of this connection.
    }

    static void drip(SimulatorConnection connection, Supplier<SimulatedResponse> honest, Duration everyByte) {
        SimulatedResponse reply = honest.get();
        Buffer bytes = reply.bytes();
        connection.every(everyByte, step -> {
            connection.write(bytes.slice(step, step + 1));
            if (step + 1 < bytes.length()) {
                return true;
            }
            connection.finish(Buffer.buffer(), reply.close());
            return false;
        });
    }

    static void huge(SimulatorConnection connection, int mebibytes) {
        connection.write(Buffer.buffer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"padding\":\""));
        connection.pour(FILL, (long) mebibytes * FILLS_A_MEBIBYTE, Buffer.buffer("\"}"));
    }

    static void redirect(SimulatorConnection connection, String url) {
        List<String> headers = List.of("Location: " + url, "Content-Type: text/html");
        SimulatedResponse reply =
                new SimulatedResponse(302, "Found", headers, Buffer.buffer("<a href=\"" + url + "\">Found</a>"), false);
        connection.finish(reply.bytes(), false);
    }

    static void garbage(SimulatorConnection connection) {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 73 + 150);
        }
        connection.finish(Buffer.buffer(bytes).appendString("\r\n\r\n"), true);
    }

    static void badGateway(SimulatorConnection connection) {
        Buffer page = Buffer.buffer("""
                <html>
                <head><title>502 Bad Gateway</title></head>
                <body>
                <center><h1>502 Bad Gateway</h1></center>
                <hr><center>nginx</center>
                </body>
                </html>
                """);
        List<String> headers = List.of("Server: nginx", "Content-Type: text/html");
        connection.finish(new SimulatedResponse(502, "Bad Gateway", headers, page, false).bytes(), false);
    }

    static void truncate(SimulatorConnection connection, Supplier<SimulatedResponse> honest) {
        connection.finish(honest.get().firstPart(), true);
    }

    /** What to do with one request when its time has come. Runs on the connection's event loop. */
    interface Fault {
        /** @param honest makes the honest answer, commands included; called by a trick only if it needs it */
        void play(SimulatorConnection connection, Supplier<SimulatedResponse> honest);
    }
}
