package io.github.printer2mqtt.bench.mixed;

import io.github.printer2mqtt.simulator.server.PrinterServer;

/** Requests, bytes and sockets of a printer in one kind of state. Not thread-safe. */
final class Traffic {
    private double seconds;
    private long requests;
    private long bytes;
    private int sockets;

    /** Totals of a server at one moment. */
    record Totals(long nanos, long requests, long bytes) {
        static Totals of(PrinterServer server) {
            return new Totals(System.nanoTime(), server.requests(), server.bytes());
        }
    }

    void add(Totals from, Totals to, int openConnections) {
        seconds += (to.nanos() - from.nanos()) / 1e9;
        requests += to.requests() - from.requests();
        bytes += to.bytes() - from.bytes();
        sockets = Math.max(sockets, openConnections);
    }

    void add(Traffic other) {
        seconds += other.seconds;
        requests += other.requests;
        bytes += other.bytes;
        sockets = Math.max(sockets, other.sockets);
    }

    double requestsPerMinute() {
        return requests * 60 / seconds;
    }

    double kilobytesPerMinute() {
        return bytes * 0.06 / seconds;
    }

    int mostSockets() {
        return sockets;
    }
}
